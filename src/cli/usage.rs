//! What a person reads who typed a command wrongly. Must not know any command.

use clap::Command;
use clap::error::{ContextKind, ContextValue, Error};

/// The error with the usage line that the help of its command has. Left alone, the line lists every option that is set, be it by
/// a variable of the environment, as if the command asked for it.
pub(super) fn with_plain_usage(mut error: Error, mut program: Command) -> Error {
    let Some(ContextValue::StyledStr(said)) = error.get(ContextKind::Usage) else {
        return error;
    };
    let said = said.to_string();
    program.build();
    let mut command = &program;
    for word in said.trim_start_matches("Usage:").split_whitespace().skip(1) {
        let Some(below) = command.find_subcommand(word) else {
            break;
        };
        command = below;
    }
    let usage = ContextValue::StyledStr(command.clone().render_usage());
    error.insert(ContextKind::Usage, usage);
    error
}
