//! Writes the made-up cases and answers of this folder anew: `cargo run --example north-west-2018`.
//!
//! Must not know what is written (`generator`), only where.

mod generator;

use std::io;
use std::path::Path;

fn main() -> io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/north-west-2018");
    for (name, content) in generator::files() {
        std::fs::write(folder.join(name), content)?;
    }
    Ok(())
}
