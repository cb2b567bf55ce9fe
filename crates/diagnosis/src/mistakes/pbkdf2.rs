//! Mistakes in PBKDF2-HMAC-SHA512: its function, its indices and its blocks.

pub(super) mod costs;
pub(super) mod inputs;

use std::cell::RefCell;

use super::hash::{SHA384, SHA512_256};
use super::hmac::generic;
use super::lookalikes::sha1;
use crate::models::hash::Hmac;
use crate::models::pbkdf2::{Pbkdf2, Prf, block, number_of_32_bits};
use crate::{Mistake, Parts, Stop};
use md5::{Digest as _, Md5};
use primitives::hash::{sha256, sha512};
use vectors::Reason;

const DERIVE: &[&str] = &["pbkdf2-hmac-sha512.derive"];
const REFUSED: Stop = Stop::Refuse(Reason::Parameter);

fn pbkdf2(parts: &mut Parts) -> &mut Pbkdf2 {
    parts.pbkdf2.get_or_insert(Pbkdf2::RIGHT)
}

/// A function of fewer than 64 bytes, filled with zeros.
fn filled(output: &[u8]) -> [u8; 64] {
    let mut filled = [0; 64];
    filled[..output.len()].copy_from_slice(output);
    filled
}

/// HMAC with another hash.
fn prf_with(hash: fn(&[u8]) -> Vec<u8>, block: usize, password: &[u8]) -> Prf {
    let password = password.to_vec();
    Box::new(move |message| filled(&generic(hash, block, &password, message)))
}

/// `EVP_BytesToKey` with one round: each block is the hash of the one before it, the password and the salt.
fn chained(hash: fn(&[u8]) -> Vec<u8>, password: &[u8]) -> Prf {
    let password = password.to_vec();
    // Blocks are asked for one after the other.
    let held = RefCell::new((Vec::new(), 0, Vec::new()));
    Box::new(move |message| {
        let Some((salt, number)) = message.split_last_chunk::<4>() else { return [0; 64] };
        let (mut held, number) = (held.borrow_mut(), u32::from_be_bytes(*number));
        if held.0 != salt || held.1 > number {
            *held = (salt.to_vec(), 0, Vec::new());
        }
        while held.1 < number {
            held.2 = hash(&[&held.2, &password, salt].concat());
            held.1 += 1;
        }
        filled(&held.2)
    })
}

/// Puts such blocks in the place of PBKDF2's.
fn bytes_to_key(parts: &mut Parts, prf: fn(&Hmac, &[u8]) -> Prf, bytes: usize) {
    let pbkdf2 = pbkdf2(parts);
    pbkdf2.prf = prf;
    pbkdf2.prf_bytes = bytes;
    pbkdf2.block = |prf, _, first, _| prf(first);
}

/// The chapter.
pub(super) static MISTAKES: &[Mistake] = &[
    Mistake {
        name: "pbkdf2-with-sha256",
        sentence: "The function is HMAC-SHA256, the default of SJCL and others, instead of HMAC-SHA512",
        operations: DERIVE,
        links: &[
            "https://github.com/bitwiseshiftleft/sjcl/issues/331",
            "https://github.com/bitwiseshiftleft/sjcl/issues/356",
            "https://github.com/PerryTS/perry/pull/1402",
        ],
        wrong: |parts| {
            pbkdf2(parts).prf = |_, password| prf_with(|bytes| sha256(bytes).to_vec(), 64, password);
            pbkdf2(parts).prf_bytes = 32;
        },
    },
    Mistake {
        name: "pbkdf2-with-sha1",
        sentence: "The function is HMAC-SHA1, the default of RFC 8018, instead of HMAC-SHA512",
        operations: DERIVE,
        links: &[],
        wrong: |parts| {
            pbkdf2(parts).prf = |_, password| prf_with(sha1, 64, password);
            pbkdf2(parts).prf_bytes = 20;
        },
    },
    Mistake {
        name: "pbkdf2-with-sha384",
        sentence: "The function is HMAC-SHA384 instead of HMAC-SHA512",
        operations: DERIVE,
        links: &[],
        wrong: |parts| {
            pbkdf2(parts).hmac.hash = SHA384;
            pbkdf2(parts).prf_bytes = 48;
        },
    },
    Mistake {
        name: "pbkdf2-with-sha512-256",
        sentence: "The function is HMAC with SHA-512/256 instead of HMAC-SHA512",
        operations: DERIVE,
        links: &[],
        wrong: |parts| {
            pbkdf2(parts).hmac.hash = SHA512_256;
            pbkdf2(parts).prf_bytes = 32;
        },
    },
    Mistake {
        name: "pbkdf2-with-a-plain-hash",
        sentence: "The function hashes the password before the message, without HMAC",
        operations: DERIVE,
        links: &[],
        wrong: |parts| {
            pbkdf2(parts).prf = |_, password| {
                let password = password.to_vec();
                Box::new(move |message| sha512(&[password.as_slice(), message].concat()))
            };
        },
    },
    Mistake {
        name: "pbkdf2-is-bytes-to-key-of-md5",
        sentence: "Derives by OpenSSL's EVP_BytesToKey with MD5 and one round, as CryptoJS does with a passphrase, instead of PBKDF2",
        operations: DERIVE,
        links: &["https://github.com/brix/crypto-js/issues/370"],
        wrong: |parts| bytes_to_key(parts, |_, password| chained(|bytes| Md5::digest(bytes).to_vec(), password), 16),
    },
    Mistake {
        name: "pbkdf2-is-bytes-to-key-of-sha1",
        sentence: "Derives by OpenSSL's EVP_BytesToKey with SHA-1 and one round, as CryptoJS does with a passphrase, instead of PBKDF2",
        operations: DERIVE,
        links: &[],
        wrong: |parts| bytes_to_key(parts, |_, password| chained(sha1, password), 20),
    },
    Mistake {
        name: "pbkdf2-is-bytes-to-key-of-sha256",
        sentence: "Derives by OpenSSL's EVP_BytesToKey with SHA-256 and one round, as CryptoJS does with a passphrase, instead of PBKDF2",
        operations: DERIVE,
        links: &[],
        wrong: |parts| bytes_to_key(parts, |_, password| chained(|bytes| sha256(bytes).to_vec(), password), 32),
    },
    Mistake {
        name: "pbkdf2-is-bytes-to-key-of-sha512",
        sentence: "Derives by OpenSSL's EVP_BytesToKey with SHA-512 and one round, as CryptoJS does with a passphrase, instead of PBKDF2",
        operations: DERIVE,
        links: &[],
        wrong: |parts| bytes_to_key(parts, |_, password| chained(|bytes| sha512(bytes).to_vec(), password), 64),
    },
    Mistake {
        name: "pbkdf2-hmac-key-and-message-swapped",
        sentence: "HMAC gets the password as its message and the rest as its key",
        operations: DERIVE,
        links: &[],
        wrong: |parts| {
            pbkdf2(parts).prf = |hmac, password| {
                let (hmac, password) = (*hmac, password.to_vec());
                Box::new(move |message| hmac.keyed(message).tag(&password))
            };
        },
    },
    Mistake {
        name: "pbkdf2-password-and-salt-swapped",
        sentence: "Password and salt are swapped",
        operations: DERIVE,
        links: &[],
        wrong: |parts| pbkdf2(parts).members.reverse(),
    },
    Mistake {
        name: "pbkdf2-blocks-of-32",
        sentence: "Each block is cut to the 32 bytes of SHA-256 before the blocks are joined",
        operations: DERIVE,
        links: &[],
        wrong: |parts| {
            pbkdf2(parts).assemble = |length, _, block| {
                let numbers = 1..=length.div_ceil(32) as u64;
                let mut key: Vec<u8> = numbers.flat_map(|number| block(number).into_iter().take(32)).collect();
                key.truncate(length);
                key
            };
        },
    },
    Mistake {
        name: "pbkdf2-index-little-endian",
        sentence: "The block's index has its lowest byte first",
        operations: DERIVE,
        links: &[],
        wrong: |parts| {
            pbkdf2(parts).first = |salt, number| [salt, &number_of_32_bits(number).to_le_bytes()].concat();
        },
    },
    Mistake {
        name: "pbkdf2-index-from-0",
        sentence: "The first block has the index 0 instead of 1",
        operations: DERIVE,
        links: &[],
        wrong: |parts| {
            pbkdf2(parts).first = |salt, number| [salt, &number_of_32_bits(number - 1).to_be_bytes()].concat();
        },
    },
    Mistake {
        name: "pbkdf2-index-as-text",
        sentence: "The index after the salt is the digit 1 instead of four bytes, as in SJCL before August 2013",
        operations: DERIVE,
        links: &[
            "https://github.com/bitwiseshiftleft/sjcl/issues/326",
            "https://github.com/bitwiseshiftleft/sjcl/issues/331",
        ],
        wrong: |parts| pbkdf2(parts).first = |salt, number| [salt, number.to_string().as_bytes()].concat(),
    },
    Mistake {
        name: "pbkdf2-index-in-8-bits",
        sentence: "Only the last byte of the index is counted, so that block 256 has the index 0",
        operations: DERIVE,
        links: &[],
        wrong: |parts| {
            pbkdf2(parts).first = |salt, number| [salt, &number_of_32_bits(number % 256).to_be_bytes()].concat();
        },
    },
    Mistake {
        name: "pbkdf2-index-of-one-byte",
        sentence: "The index after the salt is one byte instead of four",
        operations: DERIVE,
        links: &[],
        wrong: |parts| pbkdf2(parts).first = |salt, number| [salt, &number.to_le_bytes()[..1]].concat(),
    },
    Mistake {
        name: "pbkdf2-index-of-8-bytes",
        sentence: "The index after the salt has eight bytes instead of four",
        operations: DERIVE,
        links: &[],
        wrong: |parts| pbkdf2(parts).first = |salt, number| [salt, &number.to_be_bytes()].concat(),
    },
    Mistake {
        name: "pbkdf2-index-in-front-of-the-salt",
        sentence: "The index stands before the salt instead of after it",
        operations: DERIVE,
        links: &[],
        wrong: |parts| {
            pbkdf2(parts).first = |salt, number| [&number_of_32_bits(number).to_be_bytes(), salt].concat();
        },
    },
    Mistake {
        name: "pbkdf2-index-missing",
        sentence: "The salt is hashed without an index, so that all blocks are the same",
        operations: DERIVE,
        links: &[],
        wrong: |parts| pbkdf2(parts).first = |salt, _| salt.to_vec(),
    },
    Mistake {
        name: "pbkdf2-last-output-only",
        sentence: "A block is the last output of the function, not the combination of all",
        operations: DERIVE,
        links: &[],
        wrong: |parts| {
            pbkdf2(parts).block =
                |prf, bytes, first, count| (1..count).fold(prf(first), |output, _| prf(&output[..bytes]));
        },
    },
    Mistake {
        name: "pbkdf2-combination-fed-back",
        sentence: "Each output is the function of the combination so far instead of the output before",
        operations: DERIVE,
        links: &[],
        wrong: |parts| {
            pbkdf2(parts).block = |prf, bytes, first, count| {
                (1..count).fold(prf(first), |sum, _| {
                    let output = prf(&sum[..bytes]);
                    std::array::from_fn(|at| sum[at] ^ output[at])
                })
            };
        },
    },
    Mistake {
        name: "pbkdf2-first-output-left-out",
        sentence: "The first output is not combined with the others",
        operations: DERIVE,
        links: &[],
        wrong: |parts| {
            pbkdf2(parts).block = |prf, bytes, first, count| {
                let (whole, first) = (block(prf, bytes, first, count), prf(first));
                if count == 1 { whole } else { std::array::from_fn(|at| whole[at] ^ first[at]) }
            };
        },
    },
    Mistake {
        name: "pbkdf2-one-block-and-zeros",
        sentence: "Only the first block is computed; the key after it is zeros",
        operations: DERIVE,
        links: &[],
        wrong: |parts| {
            pbkdf2(parts).assemble = |length, bytes, block| {
                let mut key = block(1)[..bytes].to_vec();
                key.resize(length, 0);
                key
            };
        },
    },
    Mistake {
        name: "pbkdf2-one-block-short",
        sentence: "Only the first block is computed and given out, even where more bytes were asked for",
        operations: DERIVE,
        links: &[],
        wrong: |parts| pbkdf2(parts).assemble = |length, bytes, block| block(1)[..bytes.min(length)].to_vec(),
    },
    Mistake {
        name: "pbkdf2-one-block-repeated",
        sentence: "The first block is repeated instead of the others",
        operations: DERIVE,
        links: &[],
        wrong: |parts| {
            pbkdf2(parts).assemble =
                |length, bytes, block| block(1)[..bytes].iter().copied().cycle().take(length).collect();
        },
    },
    Mistake {
        name: "pbkdf2-last-block-from-its-end",
        sentence: "The end of the last block is used instead of its front",
        operations: DERIVE,
        links: &[],
        wrong: |parts| {
            pbkdf2(parts).assemble = |length, bytes, block| {
                let whole = (length - 1) / bytes;
                let mut key: Vec<u8> = (1..=whole as u64).flat_map(|number| block(number)[..bytes].to_vec()).collect();
                let last = block(whole as u64 + 1);
                key.extend(&last[bytes - (length - key.len())..bytes]);
                key
            };
        },
    },
    Mistake {
        name: "pbkdf2-whole-blocks-given-out",
        sentence: "The last block is not cut, so that the key has whole blocks whatever was asked for",
        operations: DERIVE,
        links: &[],
        wrong: |parts| {
            pbkdf2(parts).assemble = |length, bytes, block| {
                (1..=length.div_ceil(bytes) as u64).flat_map(|number| block(number)[..bytes].to_vec()).collect()
            };
        },
    },
    Mistake {
        name: "pbkdf2-blocks-rounded-down",
        sentence: "A last block that is not whole is not computed and stays zeros",
        operations: DERIVE,
        links: &[],
        wrong: |parts| {
            pbkdf2(parts).assemble = |length, bytes, block| {
                let numbers = 1..=(length / bytes) as u64;
                let mut key: Vec<u8> = numbers.flat_map(|number| block(number)[..bytes].to_vec()).collect();
                key.resize(length, 0);
                key
            };
        },
    },
    Mistake {
        name: "pbkdf2-key-of-zeros",
        sentence: "The name of the hash is unknown, and the result is a key of zeros instead of an error",
        operations: DERIVE,
        links: &["CVE-2025-6545"],
        wrong: |parts| pbkdf2(parts).key = |key| vec![0; key.len()],
    },
];
