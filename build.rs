//! Has the binary built anew when a vector changes: the vectors travel inside it.

fn main() {
    println!("cargo:rerun-if-changed=vectors");
}
