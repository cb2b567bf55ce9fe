//! Lays out the vectors that travel inside the binary: `vectors/` without `third_party/`, which is the work of others and not asked
//! unless it is given. Has the binary built anew when a vector changes.

use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=../../vectors");
    println!("cargo:rerun-if-changed=build.rs");
    let into = Path::new(&env::var_os("OUT_DIR").expect("cargo sets OUT_DIR")).join("vectors");
    if into.exists() {
        fs::remove_dir_all(&into)?;
    }
    copy(Path::new("../../vectors"), &into)
}

fn copy(from: &Path, into: &Path) -> io::Result<()> {
    fs::create_dir_all(into)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = into.join(entry.file_name());
        match entry.file_type()?.is_dir() {
            true if entry.file_name() == "third_party" => {}
            true => copy(&entry.path(), &target)?,
            false => fs::copy(entry.path(), target).map(drop)?,
        }
    }
    Ok(())
}
