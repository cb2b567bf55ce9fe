//! Records that open under two passwords, to two texts: GCM does not commit to its key.
//!
//! A tag is the key stream's first block xored with GHASH of the ciphertext, and GHASH is linear in every bit of the
//! ciphertext. So the difference of the tags under two keys is linear, too, up to a constant, and 128 bits of the
//! ciphertext that are free can be solved for a difference of zero. Those bits are chosen so that both plaintexts stay UTF-8:
//! where the key streams agree in the highest bit of a byte, both texts are ASCII there; where they differ in two or three
//! bytes in a row, the first text has one character and the second is ASCII. An IV is drawn until there is no lone byte.

use super::flags::described;
use super::open::{opens_from, whole};
use super::sample::{Profile, Sample};
use crate::builder::checked::{AUTHENTICATION, Checked};
use crate::builder::forms::twins::{free_bits, xored};
use crate::builder::{Change, FileBuilder, KeyStream, Refuse};
use vectors::Value;

/// Bytes of each plaintext: five to seven bits of each are free, and a tag has 128.
const LENGTH: usize = 32;

/// Bytes of a tag.
const TAG: usize = 16;

/// Records for two pairs of passwords.
pub(super) fn open(profile: Profile, stream: &mut KeyStream) -> FileBuilder {
    let title = "Records that open under two passwords, as GCM allows";
    let mut file = Checked::new(profile.open(), title, described);
    whole(&mut file, &Sample::new(profile, stream));
    for (pair, passwords) in [("letters", ["alpha", "omega"]), ("digits", ["000000", "123456"])] {
        let (samples, sealed) = solved(profile, passwords, stream);
        let record = samples[0].record_of(samples[0].text_of(&sealed).as_bytes());
        let [first, _] = [0, 1].map(|at| {
            let name = format!("{pair}-{}", ["first", "second"][at]);
            let why = [
                "Made to open under two passwords; this is the one, and no reader of this format can tell",
                "The same record under the other password gives another text: nothing may be remembered by the record alone",
            ][at];
            opens_from(&mut file, &samples[at], record.clone(), (&name, why, &["KeyCommitment"]))
        });
        let change = Change("password_text", Value::Text("neither".to_owned()));
        let (name, why) = (format!("{pair}-neither"), "A third password opens nothing");
        let (flags, confirmed_by) = (&["KeyCommitment"], &["reference"]);
        file.refuse(Refuse { name: &name, why, flags, parent: first, change, reasons: AUTHENTICATION, confirmed_by });
    }
    file.finish()
}

/// Two samples with one salt and one IV, and the one ciphertext and tag that is right for both.
fn solved(profile: Profile, passwords: [&str; 2], stream: &mut KeyStream) -> ([Sample; 2], Vec<u8>) {
    let salted = Sample { password: passwords[0].to_owned(), ..Sample::new(profile, stream) };
    let second = Sample { password: passwords[1].to_owned(), ..salted.clone() };
    let mut samples = [salted, second];
    let keys = [0, 1].map(|at| samples[at].key());
    loop {
        let iv = stream.bytes(16);
        let streams = keys.map(|key| sealed_under(&key, &iv, &[0; LENGTH])[..LENGTH].to_vec());
        let Some(free) = free_bits([&streams[0], &streams[1]]) else { continue };
        let tag = |at: usize, ciphertext: &[u8]| -> u128 {
            let sealed = sealed_under(&keys[at], &iv, &xored(ciphertext, &streams[at]));
            u128::from_be_bytes(sealed[LENGTH..].try_into().expect("a tag has 16 bytes"))
        };
        let start: Vec<_> = streams[0].iter().zip(&free).map(|(byte, (fixed, _))| byte ^ fixed).collect();
        let masks: Vec<_> = free.iter().map(|(_, mask)| *mask).collect();
        let difference = |ciphertext: &[u8]| tag(0, ciphertext) ^ tag(1, ciphertext);
        let Some(ciphertext) = zero(&start, &masks, difference) else { continue };
        let tag = tag(0, &ciphertext).to_be_bytes();
        for (sample, stream) in samples.iter_mut().zip(&streams) {
            sample.iv.clone_from(&iv);
            sample.plaintext = xored(&ciphertext, stream);
        }
        return (samples, [&ciphertext[..], &tag].concat());
    }
}

fn sealed_under(key: &[u8; 32], iv: &[u8], plaintext: &[u8]) -> Vec<u8> {
    let sealed = oracle::openssl::aes_256_gcm_seal(key, iv, b"", plaintext, TAG as u64);
    sealed.expect("OpenSSL takes these")
}

/// Where a function that is affine over bits is zero: bytes that differ from the start in the bits of the masks only.
fn zero(start: &[u8], masks: &[u8], function: impl Fn(&[u8]) -> u128) -> Option<Vec<u8>> {
    let constant = function(start);
    // Rows in echelon form: what a change of the start changes in the value, and the change.
    let mut rows: Vec<(u128, Vec<u8>)> = Vec::new();
    for at in (0..8 * start.len()).filter(|at| masks[at / 8] & (1 << (at % 8)) != 0) {
        let mut change = vec![0; start.len()];
        change[at / 8] ^= 1 << (at % 8);
        let value = function(&xored(start, &change)) ^ constant;
        let row = reduced(&rows, value, change);
        if row.0 != 0 {
            rows.push(row);
        }
    }
    let (rest, change) = reduced(&rows, constant, vec![0; start.len()]);
    (rest == 0).then(|| xored(start, &change))
}

/// A value less every row whose highest bit it has, and the change that this takes.
fn reduced(rows: &[(u128, Vec<u8>)], mut value: u128, mut change: Vec<u8>) -> (u128, Vec<u8>) {
    for (row, of_row) in rows {
        if value & (1 << row.ilog2()) != 0 {
            value ^= row;
            change = xored(&change, of_row);
        }
    }
    (value, change)
}
