//! One digest over many files, to tell whether anything changed since they were last built.

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::failure::{AtPath, Outcome};
use crate::paths;

/// The digest of the names and contents of `inputs`, files or directories of the checkout. A missing one counts as
/// empty.
pub fn digest(inputs: &[&str]) -> Outcome<String> {
    let mut hasher = Sha256::new();
    for input in inputs {
        for file in files(&paths::root().join(input))? {
            let bytes = std::fs::read(&file).at("read", &file)?;
            hasher.update(paths::shown(&file));
            hasher.update(bytes.len().to_be_bytes());
            hasher.update(&bytes);
        }
    }
    Ok(hasher
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect())
}

/// All files at or below `path`, sorted, so that the order of a directory doesn't matter.
pub fn files(path: &Path) -> Outcome<Vec<PathBuf>> {
    if path.is_file() {
        return Ok(vec![path.to_path_buf()]);
    }
    if !path.is_dir() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for entry in std::fs::read_dir(path).at("list", path)? {
        let entry = entry.at("list", path)?.path();
        if entry
            .file_name()
            .is_none_or(|name| name != "node_modules" && name != "target")
        {
            found.append(&mut files(&entry)?);
        }
    }
    found.sort();
    Ok(found)
}
