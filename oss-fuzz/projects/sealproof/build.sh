#!/bin/bash -eu
# What is built is the project's own business, so that a new target needs no change here.
exec bash "$SRC/sealproof/.clusterfuzzlite/build.sh"
