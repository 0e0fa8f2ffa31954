//! Who is signed in, kept on the device so that the app can be opened without a connection.
//!
//! On a device that its person trusts it stays until they sign out; elsewhere it goes with the tab. There is no secret in
//! it: what opens the session is a cookie that no script can read.

use leptos::prelude::window;
use web_sys::Storage;

/// The session as the server last told it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptSession {
    /// The server's answer to who is signed in, as it came: it is read as that answer is, by the same code.
    pub text: String,
    /// Whether its person trusts this device: catalog, prices and orders may stay on it.
    pub is_trusted: bool,
}

/// Where the session of one deployment is kept.
#[derive(Clone, Debug)]
pub struct SessionPlace {
    key: String,
    leaving: String,
}

impl SessionPlace {
    /// The place of the deployment with this API base.
    pub fn new(deployment: &str) -> Self {
        Self {
            key: format!("countersign.session@{deployment}"),
            leaving: format!("countersign.leaving@{deployment}"),
        }
    }

    /// The session that was kept last.
    pub fn read(&self) -> Option<KeptSession> {
        let found = |storage: Option<Storage>| storage?.get_item(&self.key).ok().flatten();
        let trusted = found(local()).map(|text| (text, true));
        let (text, is_trusted) = trusted.or_else(|| found(of_tab()).map(|text| (text, false)))?;
        Some(KeptSession { text, is_trusted })
    }

    /// Keeps it. Where the browser refuses, the app can't be opened without a connection, which it then says.
    pub fn write(&self, kept: &KeptSession) {
        let (place, other) = if kept.is_trusted {
            (local(), of_tab())
        } else {
            (of_tab(), local())
        };
        if let Some(storage) = place {
            let _ = storage.set_item(&self.key, &kept.text);
        }
        if let Some(storage) = other {
            let _ = storage.remove_item(&self.key);
        }
    }

    /// Forgets it.
    pub fn clear(&self) {
        for storage in [local(), of_tab()].into_iter().flatten() {
            let _ = storage.remove_item(&self.key);
        }
    }

    /// Whether somebody signed out here whom the server has not heard of yet.
    pub fn is_leaving(&self) -> bool {
        local().is_some_and(|storage| storage.get_item(&self.leaving).ok().flatten().is_some())
    }

    /// Remembers that the server has to be told of a sign-out, or that it was told.
    pub fn leave(&self, is_open: bool) {
        let Some(storage) = local() else { return };
        let _ = if is_open {
            storage.set_item(&self.leaving, "1")
        } else {
            storage.remove_item(&self.leaving)
        };
    }
}

fn local() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

fn of_tab() -> Option<Storage> {
    window().session_storage().ok().flatten()
}
