//! With the feature `port`: links the port that `SEALPROOF_PORT_LIB` names, a static library of its owner's making.

use std::env;
use std::path::Path;

fn main() {
    println!("cargo:rerun-if-env-changed=SEALPROOF_PORT_LIB");
    println!("cargo:rerun-if-env-changed=SEALPROOF_PORT_LINK");
    if env::var_os("CARGO_FEATURE_PORT").is_none() {
        return;
    }
    let library =
        env::var("SEALPROOF_PORT_LIB").expect("SEALPROOF_PORT_LIB names the port's static library, lib<name>.a");
    let library = Path::new(&library);
    println!("cargo:rerun-if-changed={}", library.display());
    let name = library.file_stem().and_then(|name| name.to_str()?.strip_prefix("lib")).expect("lib<name>.a");
    println!("cargo:rustc-link-search=native={}", library.parent().unwrap_or(Path::new(".")).display());
    println!("cargo:rustc-link-lib=static={name}");
    // What the port itself needs, as the linker names it: `c++ crypto`.
    for other in env::var("SEALPROOF_PORT_LINK").unwrap_or_default().split_whitespace() {
        println!("cargo:rustc-link-lib={other}");
    }
}
