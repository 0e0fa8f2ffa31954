//! Makes the app's modules small: binaryen, in one process for each of two cores.

use std::path::{Path, PathBuf};

use crate::failure::{AtPath, Failure, Outcome};
use crate::process::{command, run_logged};
use crate::tools;

/// Shrinks modules in place.
pub fn all(modules: Vec<PathBuf>, log: &Path) -> Outcome {
    let mut sized = Vec::new();
    for module in modules {
        let size = std::fs::metadata(&module).at("read", &module)?.len();
        sized.push((size, module));
    }
    let [one, other] = halves(sized);
    let second_log = log.with_extension("second.log");
    std::thread::scope(|scope| {
        let beside = scope.spawn(|| some(&other, &second_log));
        let own = some(&one, log);
        let beside = beside.join();
        own.and(beside.unwrap_or_else(|_| Err(Failure::new("Shrinking the app ended in a panic."))))
    })
}

fn some(modules: &[PathBuf], log: &Path) -> Outcome {
    if modules.is_empty() {
        return Ok(());
    }
    run_logged(
        command("node")
            .arg("crates/xtask/js/shrink.mjs")
            .arg(tools::binaryen())
            .args(modules),
        log,
        "binaryen could not shrink the app",
    )
}

/// Two shares of about the same size: the largest first, each to the share that has less.
fn halves(mut sized: Vec<(u64, PathBuf)>) -> [Vec<PathBuf>; 2] {
    sized.sort();
    let mut shares = [const { Vec::new() }; 2];
    let mut sums = [0, 0];
    for (size, module) in sized.into_iter().rev() {
        let place = usize::from(sums[1] < sums[0]);
        sums[place] += size;
        shares[place].push(module);
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shares_are_about_as_large() {
        let sized = [3_u64, 100, 60, 50, 2].map(|size| (size, PathBuf::from(size.to_string())));
        let [one, other] = halves(sized.to_vec());
        assert_eq!(one, ["100", "3", "2"].map(PathBuf::from));
        assert_eq!(other, ["60", "50"].map(PathBuf::from));
    }
}
