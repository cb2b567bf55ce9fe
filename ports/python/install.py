"""Setup of the Python port: a virtual environment in .venv with exactly requirements.txt, unless it is there already."""

import pathlib
import subprocess
import sys
import venv

requirements = pathlib.Path("requirements.txt")
stamp = pathlib.Path(".venv/sealproof-requirements.txt")

if not (stamp.exists() and stamp.read_text() == requirements.read_text()):
    venv.create(".venv", with_pip=True, clear=True)
    python = pathlib.Path(".venv/Scripts/python.exe" if sys.platform == "win32" else ".venv/bin/python")
    # pip's own chatter goes to standard error: standard output is for answers, even here.
    subprocess.run(
        [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", requirements],
        check=True,
        stdout=sys.stderr,
    )
    stamp.write_text(requirements.read_text())
