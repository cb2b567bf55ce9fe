"""sealproof port: Python's hashlib, PyPI cryptography (OpenSSL) and PyNaCl (libsodium).

In: one request of the port protocol per line.  Out: one answer per line.
Primitives only, each written as a porter would write it: the library's own limits are the port's limits.
"""

import hashlib
import json
import platform
import string
import sys
from importlib.metadata import version

import nacl.bindings as sodium
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.kdf.argon2 import Argon2i, Argon2id
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC
from nacl.exceptions import CryptoError

INTEGERS = {"iterations", "length", "passes", "memory_kib", "lanes", "tag_length"}


def sha512(message):
    return {"digest": hashlib.sha512(message).digest()}


def hmac_sha512(key, message):
    mac = hmac.HMAC(key, hashes.SHA512())
    mac.update(message)
    return {"tag": mac.finalize()}


def blake2b(message, key, length):
    return {"digest": hashlib.blake2b(message, key=key, digest_size=length).digest()}


def pbkdf2(password, salt, iterations, length):
    return {"key": PBKDF2HMAC(hashes.SHA512(), length, salt, iterations).derive(password)}


def argon2(kind):
    def derive(password, salt, passes, memory_kib, lanes, length):
        kdf = kind(salt=salt, length=length, iterations=passes, lanes=lanes, memory_cost=memory_kib)
        return {"key": kdf.derive(password)}

    return derive


# The low-level interface, because AESGCM has 16-byte tags only.  It seals with 16 bytes, and the porter cuts.
def gcm_seal(key, iv, aad, plaintext, tag_length):
    sealer = Cipher(algorithms.AES(key), modes.GCM(iv)).encryptor()
    sealer.authenticate_additional_data(aad)
    return {"ciphertext": sealer.update(plaintext) + sealer.finalize() + sealer.tag[:tag_length]}


def gcm_open(key, iv, aad, ciphertext, tag_length):
    body, tag = ciphertext[:-tag_length], ciphertext[-tag_length:]
    opener = Cipher(algorithms.AES(key), modes.GCM(iv, tag, tag_length)).decryptor()
    opener.authenticate_additional_data(aad)
    return {"plaintext": opener.update(body) + opener.finalize()}


def xchacha_seal(key, nonce, aad, plaintext):
    return {"ciphertext": sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(plaintext, aad, nonce, key)}


def xchacha_open(key, nonce, aad, ciphertext):
    return {"plaintext": sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(ciphertext, aad, nonce, key)}


# OpenSSL takes IVs of 8 to 128 bytes; this interface takes tags of 4 to 16. The length of the key chooses between
# AES-128, AES-192 and AES-256, so it is no input that AES-256 could refuse.
GCM_CLAIM = {"key_length": [32], "iv_length": {"min": 8, "max": 128}, "tag_length": {"min": 4, "max": 16}}
# The cut of a tag is made here and not by the library, so it is not the library's to refuse.
GCM_SEAL_CLAIM = {**GCM_CLAIM, "tag_length": [4, 8, 12, 13, 14, 15, 16]}
# The library has no ceiling; more than 1 GiB is more than this port is given to run in.
ARGON2_CLAIM = {"memory_kib": {"max": 1048576}}
ARGON2_MEMBERS = "password salt passes memory_kib lanes length"

# name: (function, its members, claim)
OPERATIONS = {
    "sha512.digest": (sha512, "message", {}),
    "hmac-sha512.tag": (hmac_sha512, "key message", {}),
    "blake2b.digest": (blake2b, "message key length", {}),
    "pbkdf2-hmac-sha512.derive": (pbkdf2, "password salt iterations length", {}),
    "argon2i.derive": (argon2(Argon2i), ARGON2_MEMBERS, ARGON2_CLAIM),
    "argon2id.derive": (argon2(Argon2id), ARGON2_MEMBERS, ARGON2_CLAIM),
    "aes-256-gcm.seal": (gcm_seal, "key iv aad plaintext tag_length", GCM_SEAL_CLAIM),
    "aes-256-gcm.open": (gcm_open, "key iv aad ciphertext tag_length", GCM_CLAIM),
    "xchacha20-poly1305.seal": (xchacha_seal, "key nonce aad plaintext", {}),
    "xchacha20-poly1305.open": (xchacha_open, "key nonce aad ciphertext", {}),
}

HELLO = {
    "protocol": 1,
    "name_text": "python",
    "version_text": version("cryptography"),
    "language_text": "Python",
    "runtime_text": f"{platform.python_implementation()} {platform.python_version()}",
    "libraries": {name: version(name) for name in ("cryptography", "PyNaCl")},
    "operations": {name: claim for name, (_, _, claim) in OPERATIONS.items()},
    "policies": ["strict"],
}


class Unfit(Exception):
    """The request does not fit the protocol page: never a verdict on the input."""


def decode(name, value):
    if name in INTEGERS:
        fits = type(value) is int
    else:
        fits = type(value) is str and len(value) % 2 == 0 and set(value) <= set(string.hexdigits.lower())
    if not fits:
        raise Unfit(f"{name} has the wrong form")
    return value if name in INTEGERS else bytes.fromhex(value)


def reason(error):
    if isinstance(error, (InvalidTag, CryptoError)) and not isinstance(error, TypeError):
        return "authentication"
    if isinstance(error, MemoryError):
        return "too-costly"
    # Less ciphertext than a tag.  PyNaCl does not look, and trips over a buffer of negative length.
    if str(error).startswith("Authentication tag must be") or str(error) == "negative array length":
        return "malformed"
    # ValueError and OverflowError for a number, PyNaCl's TypeError for a key or nonce of the wrong length.
    return "parameter"


def answer(operation, members):
    if operation == "hello":
        return {"output": HELLO}
    if operation not in OPERATIONS:
        return {"unsupported": {"detail_text": f"no operation {operation}"}}
    run, names, _ = OPERATIONS[operation]
    try:
        if set(members) != set(names.split()):
            raise Unfit(f"members are {sorted(members)}")
        decoded = {name: decode(name, value) for name, value in members.items()}
    except Unfit as error:
        return {"failure": {"detail_text": str(error)}}
    try:
        return {"output": {name: value.hex() for name, value in run(**decoded).items()}}
    except Exception as error:  # whatever the library raises is its refusal of this input
        return {"reject": {"reason": reason(error), "detail_text": str(error)}}


for line in sys.stdin.buffer:
    request = json.loads(line)
    reply = {"id": request["id"], **answer(request["op"], request["input"])}
    sys.stdout.write(json.dumps(reply) + "\n")
    sys.stdout.flush()
