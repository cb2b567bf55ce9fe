"""Asks PyCrypto's own Fortuna for every answer in vectors/fortuna: usage witness-fortuna.py FOLDER.

In: the folder of the vectors.  Out: one line a file on standard output; the exit code is 1 if a single byte differs.

PyCrypto 2.6.1 (public domain) is written for Python 2 and no longer builds, so its three modules of Fortuna are taken
out of the package, and get AES from `cryptography` (OpenSSL) and SHA-256 from hashlib.  It knows the family `double`; for
the others its hash is exchanged and all else stays its own.  Its clock moves on by a second at each look.
"""

import hashlib
import io
import itertools
import json
import pathlib
import subprocess
import sys
import tarfile
import tempfile
import types

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PACKAGE = "pycrypto"
VERSION = "2.6.1"
SHA256 = "f2ce1e989b272cfcb677616763e0a2e7ec659effa67a88aa92b3a65528f60a3c"
KEPT = pathlib.Path(__file__).parent.parent / "target" / f"{PACKAGE}-{VERSION}.tar.gz"
ANSWER_BYTES_MAX = 1024


# ---- the package ----


def package():
    """The bytes of the package, fetched once."""
    if not KEPT.exists():
        with tempfile.TemporaryDirectory() as folder:
            pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
            subprocess.run([*pip, "--no-binary", ":all:", "--dest", folder, f"{PACKAGE}=={VERSION}"], check=True)
            KEPT.parent.mkdir(exist_ok=True)
            KEPT.write_bytes((pathlib.Path(folder) / KEPT.name).read_bytes())
    read = KEPT.read_bytes()
    if hashlib.sha256(read).hexdigest() != SHA256:
        sys.exit(f"{KEPT} is not {PACKAGE} {VERSION}")
    return tarfile.open(fileobj=io.BytesIO(read))


def module(name, **members):
    made = types.ModuleType(name)
    vars(made).update(members)
    sys.modules[name] = made
    return made


# ---- what PyCrypto's modules import ----


class Counter:
    """Crypto.Util.Counter.new: gives the block, then counts."""

    def __init__(self, nbits, initial_value, little_endian):
        self.bytes, self.value, self.order = nbits // 8, initial_value, "little" if little_endian else "big"

    def next_value(self):
        return self.value

    def __call__(self):
        block = self.value.to_bytes(self.bytes, self.order)
        self.value += 1
        return block


class Ctr:
    """Crypto.Cipher.AES in MODE_CTR."""

    def __init__(self, key, mode, counter):
        self.counter, self.blocks = counter, Cipher(algorithms.AES(key), modes.ECB()).encryptor()

    def encrypt(self, zeros):
        assert not any(zeros) and len(zeros) % 16 == 0
        return self.blocks.update(b"".join(self.counter() for _ in range(len(zeros) // 16)))


class Sha256:
    """Crypto.Hash.SHA256, or a hash in its place."""

    digest_size = 32

    def __init__(self, data=b"", prefix=b""):
        self.inner = hashlib.sha256(prefix + data)

    def update(self, data):
        self.inner.update(data)

    def digest(self):
        return self.inner.digest()


class DoubleZero(Sha256):
    def __init__(self, data=b""):
        super().__init__(data, bytes(64))

    def digest(self):
        return hashlib.sha256(super().digest()).digest()


def environment():
    """The modules around Fortuna, as far as it uses them."""
    sha256 = module("Crypto.Hash.SHA256", new=Sha256, digest_size=32)
    aes = module("Crypto.Cipher.AES", new=Ctr, block_size=16, MODE_CTR=6)
    for name in ["Crypto", "Crypto.Util", "Crypto.Random"]:
        module(name)
    module("Crypto.Hash", SHA256=sha256)
    module("Crypto.Cipher", AES=aes)
    module("Crypto.Util.py3compat", b=lambda text: text.encode("latin-1"), bchr=lambda code: bytes([code]))
    sys.modules["Crypto.Util"].Counter = module("Crypto.Util.Counter", new=Counter)
    module("Crypto.pct_warnings", ClockRewindWarning=RuntimeWarning)
    module(
        "Crypto.Util.number",
        ceil_shift=lambda n, bits: -(-n >> bits),
        exact_log2=lambda n: n.bit_length() - 1,
        exact_div=lambda n, by: n // by,
    )


def fortuna(texts, family):
    """PyCrypto's FortunaAccumulator of this family."""
    hashes = {"double-zero": DoubleZero, "single": Sha256}
    for name in ["SHAd256", "FortunaGenerator", "FortunaAccumulator"]:
        made = module(name, xrange=range)
        if name == "SHAd256" and family in hashes:
            made.new, made.digest_size = hashes[family], 32
        else:
            # The one thing that Python 3 cannot read.
            exec(compile(texts[name].replace("1L", "1"), name, "exec"), vars(made))
    made.time = types.SimpleNamespace(time=itertools.count().__next__)
    return made.FortunaAccumulator()


# ---- the vectors ----


def answer(texts, case, policy):
    given = case["input"]
    accumulator = fortuna(texts, given["family_text"])
    generator = accumulator.generator
    if policy == "strict":  # the book's function, without the loop around it that cuts large requests up
        generator.pseudo_random_data = generator._pseudo_random_data
    requests, outputs = iter(given["requests"]), []
    for event in map(bytes.fromhex, given["events"]):
        if event:
            accumulator.add_random_event(event[0], event[1], event[2:])
        else:
            outputs.append(accumulator.random_data(next(requests))[-ANSWER_BYTES_MAX:].hex())
    last = {"last_key": generator.key.hex(), "last_counter": generator.counter.value.to_bytes(16, "little").hex()}
    return {"outputs": outputs}, last


def differs(texts, case, policy):
    """Why PyCrypto does not confirm the case; None if it does."""
    if case["input"]["family_text"] not in ("double", "double-zero", "single"):
        return None
    wanted = case["expect"].get("output")
    try:
        output, last = answer(texts, case, policy)
    except AssertionError:
        return None if wanted is None else "it refuses"
    if output != wanted:
        return f"it answers {json.dumps(output)}"
    if last.items() - case["trace"].items():
        return f"it ends with {json.dumps(last)}"
    return None


def main(folder):
    environment()
    files = package()
    path = f"{PACKAGE}-{VERSION}/lib/Crypto/Random/Fortuna"
    names = ["SHAd256", "FortunaGenerator", "FortunaAccumulator"]
    texts = {name: files.extractfile(f"{path}/{name}.py").read().decode("ascii") for name in names}
    wrong = 0
    for place in sorted(pathlib.Path(folder, "fortuna").glob("*.json")):
        file = json.loads(place.read_text("utf-8"))
        found = [(case["name"], differs(texts, case, file["policy"])) for case in file["cases"]]
        faults = [f"{place.stem}/{name}: {why}" for name, why in found if why]
        print(*faults, f"fortuna/{place.stem}: {len(found)} cases asked of PyCrypto, {len(faults)} differ", sep="\n")
        wrong += len(faults) + (not found)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main(sys.argv[1])
