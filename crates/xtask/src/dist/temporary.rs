//! A directory for a test.

use std::path::{Path, PathBuf};

use crate::failure::{AtPath, Outcome};

/// A directory that is removed with it.
pub struct Directory(PathBuf);

impl Directory {
    pub fn new(name: &str) -> Outcome<Self> {
        static COUNT: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
        let path = std::env::temp_dir().join(format!(
            "countersign-{name}-{}-{}",
            std::process::id(),
            COUNT.fetch_add(1, std::sync::atomic::Ordering::Relaxed)
        ));
        std::fs::create_dir_all(&path).at("create", &path)?;
        Ok(Self(path))
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Writes a file at or below it.
    pub fn write(&self, name: &str, text: &str) -> Outcome {
        let path = self.0.join(name);
        if let Some(directory) = path.parent() {
            std::fs::create_dir_all(directory).at("create", directory)?;
        }
        std::fs::write(&path, text).at("write", &path)
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        // What is left behind is in the directory for that.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
