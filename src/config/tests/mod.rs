//! From files and environment to settings, with a separate home folder for each test.

mod hostile;
mod reading;
mod tokens;
mod values;

use std::fs;

use tempfile::TempDir;

use super::*;
use crate::domain::shards::ShardRange;

const TOKEN: &str = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcDE.SECRETabcdefghijklmnopqrstuvwxyz";
const OTHER: &str = "ODc2NTQzMjEwOTg3NjU0MzIx.GabcDE.OTHERabcdefghijklmnopqrstuvwxyz1";

struct Home {
    root: TempDir,
    environment: Environment,
}

impl Home {
    fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        let environment = Environment::within(root.path());
        fs::create_dir_all(root.path().join("config/ticketbot")).unwrap();
        fs::create_dir_all(root.path().join("work")).unwrap();
        Self { root, environment }
    }

    fn with(text: &str) -> Self {
        let home = Self::new();
        home.write("config/ticketbot/config.toml", text);
        home
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.root.path().join(path);
        fs::write(&path, text).unwrap();
        #[cfg(unix)]
        fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    }

    fn load(&self) -> Result<Loaded, Failure> {
        load(&self.environment, None)
    }

    fn path(&self, path: &str) -> std::path::PathBuf {
        self.root.path().join(path)
    }
}

fn warnings(loaded: &Loaded) -> String {
    loaded.warnings.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}
