//! Builds again when the interface was built: its files are kept in the program.

fn main() {
    println!("cargo::rerun-if-changed=../../web/dist");
}
