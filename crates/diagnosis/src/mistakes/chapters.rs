//! The chapters of the catalogue: what each is about, and what the schemes want there.

use super::{
    account, argon2, autonomail, base64, blake2b, dialects, drawing, fortuna, gcm, gcm_tag, hash, hchacha, hmac, json,
    notesnook, opening, pbkdf2, pieces, plaintext, poly1305, sjcl_prng, text, xchacha,
};
use crate::Mistake;

/// Mistakes that are made in one part of a port.
#[derive(Debug)]
pub struct Chapter {
    /// Its name, in kebab case, unique; a page of the book has it.
    pub name: &'static str,
    /// What it is about, without a full stop.
    pub title: &'static str,
    /// Where its mistakes come from, in one to three sentences.
    pub introduction: &'static str,
    /// What the scheme wants: how to fix whatever has no fix of its own.
    pub fix: &'static str,
    /// Its mistakes.
    pub mistakes: &'static [Mistake],
}

/// The chapters, in the order of the catalogue.
pub(super) static CHAPTERS: &[Chapter] = &[
    Chapter {
        name: "sha512",
        title: "SHA-512",
        introduction: "Mistakes in the hash itself: its initial values, its padding and the order of its bytes. A caller of a library makes \
              only the first of them; the others are in the hash itself or in its binding.",
        fix: "Call the platform's SHA-512 on the message's bytes. One that is written by hand follows FIPS 180-4: blocks of 128 \
              bytes, big-endian words, a bit 1 after the message, zeros, and the length in bits in the last 16 bytes.",
        mistakes: hash::MISTAKES,
    },
    Chapter {
        name: "hmac-sha512",
        title: "HMAC-SHA512",
        introduction: "Mistakes in HMAC with SHA-512, and so in PBKDF2 on top of it. Most come from HMAC-SHA256, whose block is half \
                       as long.",
        fix: "Call the platform's HMAC-SHA512. By hand it is RFC 2104 with a block of 128 bytes: a key of up to 128 bytes is filled \
              with zeros, a longer one is replaced by its SHA-512; the inner pad is 36, the outer 5c; the tag has 64 bytes.",
        mistakes: hmac::MISTAKES,
    },
    Chapter {
        name: "blake2b",
        title: "BLAKE2b",
        introduction: "Mistakes in BLAKE2b, below Argon2 and below Notesnook's login salt. Its length and its key are parameters that \
                       are hashed with the message, so that a shorter digest is another digest and not the front of a longer one.",
        fix: "Ask the library for a digest of the length wanted (16 bytes for Notesnook's login salt) and hand it the key as the key. \
              By hand it is RFC 7693: 12 rounds, blocks of 128 bytes, length and key's length in the parameter block.",
        mistakes: blake2b::MISTAKES,
    },
    Chapter {
        name: "pbkdf2",
        title: "PBKDF2-HMAC-SHA512: function, index and blocks",
        introduction: "Mistakes in the function that is iterated and in how its blocks are made and joined. The hash is the one that \
                       ports get wrong: most libraries have another default.",
        fix: "Call the platform's PBKDF2 with HMAC-SHA512 named explicitly. By hand it is RFC 8018: block i combines by xor all \
              outputs of HMAC(password, salt followed by i as four big-endian bytes) fed back into itself, i from 1; 64 bytes a block.",
        mistakes: pbkdf2::MISTAKES,
    },
    Chapter {
        name: "pbkdf2-inputs",
        title: "PBKDF2-HMAC-SHA512: password and salt",
        introduction: "Mistakes with what PBKDF2 is fed. Each opens the port's own envelopes and no other's, and with most of them only \
                       some passwords or salts show it.",
        fix: "Password and salt are bytes of any length, zeros included; hand over pointer and length, and neither cut, fill, trim, \
              normalise nor encode them. Text becomes UTF-8 once, above the derivation; hex is decoded once, above it.",
        mistakes: pbkdf2::inputs::MISTAKES,
    },
    Chapter {
        name: "pbkdf2-costs",
        title: "PBKDF2-HMAC-SHA512: count and length",
        introduction: "Mistakes with the two numbers: how often, and how many bytes. They have other units in other libraries, and a \
                       floor or ceiling that somebody put in is silent in some.",
        fix: "Iterate exactly as often as asked for, give exactly as many bytes, and refuse 0 of either. Bound what strangers may ask \
              for before the work begins, in integers that cannot wrap.",
        mistakes: pbkdf2::costs::MISTAKES,
    },
    Chapter {
        name: "argon2-inputs",
        title: "Argon2: password and salt",
        introduction: "Mistakes with what Argon2 is fed: cut, filled up, or encoded once too often.",
        fix: "The password is bytes of any length, also none; the salt is bytes, eight or more (Notesnook: 16, decoded from base64). \
              Hand over pointer and length. A salt that is too short is refused, never filled.",
        mistakes: argon2::inputs::MISTAKES,
    },
    Chapter {
        name: "argon2-memory",
        title: "Argon2: memory and lanes",
        introduction: "Mistakes with memory, whose unit differs from library to library, and with lanes, of which libsodium has \
                       only one.",
        fix: "The memory of Argon2 is in KiB: libsodium's functions want bytes (times 1,024), most others KiB. Memory is rounded down \
              to four blocks a lane only for the computation; H0 has it as requested. Below eight KiB a lane is refused.",
        mistakes: argon2::MISTAKES,
    },
    Chapter {
        name: "argon2-sizes",
        title: "Argon2: passes and the length of the key",
        introduction: "Mistakes with the number of passes and with the length, which are hashed into the key: another number is another \
                       key, not a longer or cheaper one.",
        fix: "Make exactly as many passes and bytes as asked for; 0 passes and a key below four bytes are refused. Do not cut a longer \
              key: the length is an input of H0.",
        mistakes: argon2::sizes::MISTAKES,
    },
    Chapter {
        name: "argon2-hashing",
        title: "Argon2: variant, version, H0 and H'",
        introduction: "Mistakes in which Argon2 it is, and in the two hashes at its ends. Variant and version are the ones that callers \
                       make; the rest is for those who write Argon2.",
        fix: "Name the variant and version 0x13 (19) explicitly: Argon2i for Notesnook's keys, Argon2id for its login. By hand, RFC \
              9106: H0 hashes lanes, length, memory, passes, version and type as little-endian words, then each input with its length.",
        mistakes: argon2::hashing::MISTAKES,
    },
    Chapter {
        name: "argon2-filling",
        title: "Argon2: filling the memory",
        introduction: "Mistakes in the middle of Argon2, made by those who write it: which block refers to which, and how two become \
                       one. Many show only with several lanes, several passes, or more than 128 blocks in a segment.",
        fix: "Compare with RFC 9106, sections 3.4 and 3.5, step by step, with the number of lanes, passes and blocks that the failing \
              cases have; a library that is tested is the better fix.",
        mistakes: argon2::filling::MISTAKES,
    },
    Chapter {
        name: "aes-256-gcm",
        title: "AES-256-GCM: key, IV, counter and hash",
        introduction: "Mistakes in the cipher without its tag. The IV of 16 bytes, which SJCL draws, is where ports come to grief: GCM \
                       hashes an IV that does not have 12 bytes, and many libraries know no other.",
        fix: "Use a GCM that takes an IV of any length and give it all of it. By hand, NIST SP 800-38D: J0 is the GHASH of an IV that \
              does not have 12 bytes, the text begins with J0 + 1, only the last 32 bits count, and lengths are in bits, 64 each.",
        mistakes: gcm::MISTAKES,
    },
    Chapter {
        name: "aes-256-gcm-tag",
        title: "AES-256-GCM: the tag",
        introduction: "Mistakes with the tag: its length, its place, and how it is checked. Each that checks too little lets forgeries \
                       through, and no right envelope shows it.",
        fix: "Put the 16 bytes of tag after the ciphertext. When opening, refuse what is shorter than a tag, fix the length in the code \
              and not by the input, compare all bytes in constant time, and give nothing back unless they are equal.",
        mistakes: gcm_tag::MISTAKES,
    },
    Chapter {
        name: "hchacha20",
        title: "HChaCha20, and XChaCha20's key and nonce",
        introduction: "Mistakes in the subkey of XChaCha20 and in what becomes of its key and its nonce of 24 bytes. Libraries that have \
                       only ChaCha20 with 12 bytes tempt ports to build the rest themselves.",
        fix: "Use a library's XChaCha20-Poly1305 with a 32-byte key and all 24 bytes of nonce. By hand: HChaCha20 of key and the first \
              16 bytes, words 0-3 and 12-15 of the state without adding the input; the inner nonce is four zero bytes and the last eight.",
        mistakes: hchacha::MISTAKES,
    },
    Chapter {
        name: "xchacha20-poly1305",
        title: "XChaCha20-Poly1305",
        introduction: "Mistakes in the key stream, in what is authenticated, and in how the tag is checked. Many come from using NaCl's \
              secretbox or an older draft as if it was the same.",
        fix: "It is the construction of RFC 8439 under the subkey: Poly1305's key from block 0, text from block 1, and hashed are data, \
              padding, ciphertext, padding and both lengths in bytes, 64 bits little-endian. The 16 bytes of tag come last.",
        mistakes: xchacha::MISTAKES,
    },
    Chapter {
        name: "poly1305",
        title: "Poly1305",
        introduction: "Mistakes in the arithmetic of Poly1305, made by those who write it. A random message shows hardly any of the \
                       carries: these cases are built for them.",
        fix: "Compare with RFC 8439, section 2.5: clamp r, read blocks little-endian with a bit 1 above, reduce modulo 2^130 - 5 to the \
              end, then add s modulo 2^128. A library that is tested is the better fix.",
        mistakes: poly1305::MISTAKES,
    },
    Chapter {
        name: "fortuna",
        title: "Fortuna",
        introduction: "Mistakes in the generator of Ferguson and Schneier. There are three families of it that hash differently; a port \
                       must say which one is its own.",
        fix: "The vectors' Fortuna is written down in docs/fortuna.md: events with source and length, 32 pools, a reseed at 64 bytes in \
              pool 0, pool i at every 2^i-th reseed, AES-256 with a little-endian counter, a new key after each request.",
        mistakes: fortuna::MISTAKES,
    },
    Chapter {
        name: "sjcl-prng",
        title: "SJCL's generator",
        introduction: "Mistakes in SJCL's own kind of Fortuna, mostly made by taking it for the textbook's.",
        fix: "SJCL's generator is written down in docs/fortuna.md: it begins with one pool, hashes once, counts from word 0, before each \
              block, and takes random words and the time of the next reseed into the seed.",
        mistakes: sjcl_prng::MISTAKES,
    },
    Chapter {
        name: "password-text",
        title: "From the password that was typed to bytes",
        introduction: "Mistakes between a text and its bytes. ASCII passwords show almost none of them, so that they are found when the \
                       first user with an umlaut changes device.",
        fix: "The password is the UTF-8 of the text as it was typed: not normalised, trimmed, folded, cut or ended at a NUL, and with \
              its length in bytes of UTF-8.",
        mistakes: text::MISTAKES,
    },
    Chapter {
        name: "plaintext",
        title: "The plaintext that is sealed and given back",
        introduction: "Mistakes that change a plaintext on its way in or out. They show with a byte order mark, a NUL, line ends or no \
                       text at all.",
        fix: "Seal the bytes that were given, and give back the bytes that were sealed, byte for byte; GCM and XChaCha20 need no padding, \
              and an empty plaintext is one.",
        mistakes: plaintext::MISTAKES,
    },
    Chapter {
        name: "text-in-pieces",
        title: "Texts that are decoded or encoded piece by piece",
        introduction: "Mistakes of streams and buffers: a text is converted a piece at a time, and a character across the end of a piece is \
                       converted in two halves, neither of which is one. Short texts and ASCII never show it.",
        fix: "Collect all bytes first and decode them at once, encode a text as a whole, or use a decoder that keeps the first bytes \
              of a character until the next piece.",
        mistakes: pieces::MISTAKES,
    },
    Chapter {
        name: "base64-and-hex",
        title: "Base64 and hex",
        introduction: "Mistakes in reading and writing bytes as text. Lenient decoders make several spellings of one envelope, and what one port's \
              decoder accepts, the next one's refuses.",
        fix: "Autonomail: standard alphabet, padded; salts as 64 small hex digits. Notesnook: URL-safe alphabet, unpadded. No line \
              ends. When reading, encode again what was decoded and compare: what differs was not written by this format.",
        mistakes: base64::MISTAKES,
    },
    Chapter {
        name: "base64-dialects",
        title: "Another base64, both ways",
        introduction: "Mistakes of ports that read what they write: their own tests are green, and nobody else opens what they sealed.",
        fix: "Autonomail: standard alphabet (+ and /), padded with =, as SJCL and btoa write it. Notesnook: URL-safe alphabet (- and _) \
              without padding, libsodium's default.",
        mistakes: dialects::MISTAKES,
    },
    Chapter {
        name: "json-reading",
        title: "Reading JSON",
        introduction: "Mistakes in reading a document. Standard readers are lenient, each in its own way, and few \
              report a duplicate name.",
        fix: "Decode the bytes as strict UTF-8, read one object with a streaming reader, compare names exactly, refuse duplicate and unknown names, require the type of every value, and refuse everything after the object but white space.",
        mistakes: json::MISTAKES,
    },
    Chapter {
        name: "json-numbers",
        title: "Numbers in JSON",
        introduction: "Mistakes in reading a number, whose text is more than its value: counts and versions must be written as the \
                       formats spell them.",
        fix: "Take the characters of the number: digits without a sign, a leading zero, a fraction or an exponent, not in quotes, and \
              within the range that the format has; then convert.",
        mistakes: json::numbers::MISTAKES,
    },
    Chapter {
        name: "json-writing",
        title: "Writing JSON",
        introduction: "Mistakes in writing a document. It still is the same JSON, but not the bytes that the format has, and SJCL's own \
                       reader understands no escapes at all.",
        fix: "Write the members in the format's order, without white space, a line end or a mark, and escape nothing that JSON does not \
              require to be escaped.",
        mistakes: json::writing::MISTAKES,
    },
    Chapter {
        name: "opening",
        title: "How a wrong tag is handled",
        introduction: "Mistakes in the one moment that authenticated encryption is for. Right envelopes never show them.",
        fix: "Open with the library's one-shot call, let its failure through as one error of the class `authentication`, and give back \
              nothing of the plaintext. Refuse before decrypting what is shorter than a tag.",
        mistakes: opening::MISTAKES,
    },
    Chapter {
        name: "autonomail",
        title: "Autonomail: the key",
        introduction: "Mistakes between a password and the key of an Autonomail record. The document and the client published in 2014 \
                       disagree on the half of the key, so that there are two profiles.",
        fix: "Key: PBKDF2-HMAC-SHA512 of the password's UTF-8, the salt's 32 bytes (decoded from hex) and the record's own count, 64 \
              bytes. `autonomail` takes bytes 0-31 of them, `autonomail-2014` bytes 32-63.",
        mistakes: autonomail::MISTAKES,
    },
    Chapter {
        name: "autonomail-reading",
        title: "Autonomail: reading the SJCL text",
        introduction: "Mistakes in what a reader believes of the text inside a record. Nothing in it but iv and ct is authenticated, so \
                       that whatever is believed an attacker may choose.",
        fix: "Fix the parameters in the code and refuse others: mode gcm, cipher aes, ks 256, ts 128, adata empty, 16 bytes of iv, all \
              of them hashed by GCM. `iter` is a decoy: take any, and derive nothing with it.",
        mistakes: autonomail::sjcl_text::MISTAKES,
    },
    Chapter {
        name: "autonomail-writing",
        title: "Autonomail: writing a record",
        introduction: "Mistakes in the record that is written: members missing, too many, or written in another way.",
        fix: "Record: salt (64 small hex digits), in `autonomail-2014` iterations, then secureData: the base64 of the SJCL text with iv, \
              v, iter, ks, ts, mode, adata, cipher and ct in this order, ct being ciphertext and 16 bytes of tag.",
        mistakes: autonomail::writing::MISTAKES,
    },
    Chapter {
        name: "notesnook",
        title: "Notesnook: key and nonce",
        introduction: "Mistakes between a password or key and the cipher of a Notesnook envelope. The costs are not in \
              the envelope: a wrong one looks like a wrong password.",
        fix: "Key: Argon2i, version 0x13, 3 passes, 8192 KiB, 1 lane, 32 bytes, of the password's UTF-8 and the salt's 16 bytes. Cipher: \
              XChaCha20-Poly1305 with 24 bytes of nonce and no associated data. Sizes other than these are refused.",
        mistakes: notesnook::MISTAKES,
    },
    Chapter {
        name: "notesnook-reading",
        title: "Notesnook: reading an envelope",
        introduction: "Mistakes in what a reader demands or believes. Phones, the server and older clients leave members out; a reader must not demand those, and must not size \
              anything by length.",
        fix: "Need iv, cipher and, under a password, salt. Let format, alg, an item's salt, keyVersion and chunkSize be missing or \
              present, refuse values that the format does not have, and ignore what length says.",
        mistakes: notesnook::reading::MISTAKES,
    },
    Chapter {
        name: "notesnook-writing",
        title: "Notesnook: writing an envelope",
        introduction: "Mistakes in the envelope that is written; phones make some of them, which readers therefore have to bear.",
        fix: "Write what the web client writes: format, alg, cipher, iv, salt and length in this order, an item also v and id; length is \
              the plaintext's in bytes of UTF-8, cipher is ciphertext and tag.",
        mistakes: notesnook::writing::MISTAKES,
    },
    Chapter {
        name: "notesnook-login",
        title: "Notesnook: the login hash",
        introduction: "Mistakes in what the client sends instead of the password. The salt is made of the address, so that another \
                       spelling of the address is another hash.",
        fix: "Salt: BLAKE2b with a digest of 16 bytes over the constant, as text, followed by the address in full Unicode lower case. \
              Hash: Argon2id, 3 passes, 64 MiB, 1 lane, 32 bytes, in URL-safe base64 without padding.",
        mistakes: account::MISTAKES,
    },
    Chapter {
        name: "notesnook-server",
        title: "Notesnook: what the server keeps",
        introduction: "Mistakes in hashing a password for keeps and in checking one. Those that say yes too often let strangers in; \
                       those that say no lock users out after an upgrade.",
        fix: "Hash with Argon2id, 3 passes, 64 KiB (m=64), 1 lane, and keep libsodium's PHC string with the zeros that fill its 128 \
              bytes. Check by parsing it strictly, bounding its costs, deriving with them, and comparing all 32 bytes in constant time.",
        mistakes: account::server::MISTAKES,
    },
    Chapter {
        name: "drawing",
        title: "Drawing salts and nonces",
        introduction: "Mistakes in the randomness of a seal. One seal never shows them; two do, when what must not repeat does.",
        fix: "Draw every salt and every nonce anew, at full length, from the platform's cryptographic generator, for every seal; use one \
              that was given as it was given.",
        mistakes: drawing::MISTAKES,
    },
];
