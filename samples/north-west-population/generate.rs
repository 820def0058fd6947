//! Writes the made-up extract of this folder anew: `cargo run --example north-west-population`.
//!
//! Must not know what is written (`generator`), only where.

mod generator;

use std::io;
use std::path::Path;

fn main() -> io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/north-west-population");
    std::fs::write(folder.join("extract-made-up.csv"), generator::extract())
}
