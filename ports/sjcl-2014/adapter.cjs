"use strict";
/*
 * sealproof port: SJCL as the Autonomail client of 2014 had it.
 *
 * In: one request of the port protocol per line.  Out: one answer per line.
 * The client pinned a fork of SJCL at its state of February 2014, which is on no registry.  The packages on either side
 * are: 1.0.0, packed in September 2013, and 1.0.1, packed in April 2014.  This port is 1.0.1.  Every source file that the
 * client's build has is the same in both, but for white space, a name in convenience.js that was split in two, HMAC's
 * update and digest, and how random numbers are gathered; and scripts/gen-readers.cjs asks both every case.
 */
const { serve } = require("../protocol.cjs");
const { sjclPort } = require("../sjcl.cjs");

const { version } = require("./node_modules/sjcl/package.json");
const port = sjclPort({ sjcl: require("./build/sjcl.js"), name: "sjcl-2014", version, policies: ["sjcl-2014-reader"] });

module.exports = port; // scripts/gen-readers.cjs asks it in the same process
if (require.main === module) serve(port);
