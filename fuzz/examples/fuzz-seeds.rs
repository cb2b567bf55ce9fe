//! `fuzz-seeds ROOT SEEDS DICTIONARIES`: writes each target's seeds below SEEDS and the dictionaries into DICTIONARIES, from
//! the embedded vectors and from the files of others and the manifests below ROOT.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

use data_encoding::HEXLOWER;
use primitives::hash::sha256;
use sealproof_fuzz::seeds;
use vectors::load;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let [root, into, dictionaries] = arguments().ok_or("usage: fuzz-seeds ROOT SEEDS DICTIONARIES")?;
    let others = files_below(&root.join("vectors/third_party"), &["json", "rsp", "txt"])?;
    let manifests = files_below(&root.join("ports"), &["toml"])?;
    for (target, seeds) in seeds::seeds(&load::embedded()?, &others, &manifests) {
        let folder = into.join(target);
        fs::create_dir_all(&folder)?;
        for seed in &seeds {
            fs::write(folder.join(HEXLOWER.encode(&sha256(seed)[..8])), seed)?;
        }
    }
    fs::create_dir_all(&dictionaries)?;
    for (name, words) in seeds::dictionaries() {
        fs::write(dictionaries.join(name), words)?;
    }
    Ok(())
}

fn arguments() -> Option<[PathBuf; 3]> {
    env::args_os().skip(1).map(PathBuf::from).collect::<Vec<_>>().try_into().ok()
}

/// The files with one of these endings below a folder and at most two folders down, sorted by path. Installed packages of
/// ports are no files of ours.
fn files_below(folder: &Path, endings: &[&str]) -> io::Result<Vec<Vec<u8>>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            paths.extend(fs::read_dir(path)?.filter_map(|entry| entry.ok().map(|entry| entry.path())));
        } else {
            paths.push(path);
        }
    }
    paths.retain(|path| {
        path.is_file() && endings.iter().any(|ending| path.extension().is_some_and(|found| found == *ending))
    });
    paths.sort();
    paths.iter().map(fs::read).collect()
}
