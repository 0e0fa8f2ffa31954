//! What the tabs of one browser tell each other: that something in the storage of an account has changed.

use countersign_domain::id::AccountId;
use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::Closure;
use web_sys::{BroadcastChannel, MessageEvent};

/// The channel of one account. Closed when it is dropped.
#[derive(Debug)]
pub struct Tabs {
    channel: Option<BroadcastChannel>,
    _listener: Closure<dyn Fn(MessageEvent)>,
}

impl Tabs {
    /// Listens for what other tabs of `account` say. A browser without such channels has tabs that learn of each other when
    /// they save.
    pub fn open(account: AccountId, on_change: impl Fn() + 'static) -> Self {
        let listener = Closure::<dyn Fn(MessageEvent)>::new(move |_: MessageEvent| on_change());
        let channel = BroadcastChannel::new(&format!("countersign:{account}")).ok();
        if let Some(channel) = &channel {
            channel.set_onmessage(Some(listener.as_ref().unchecked_ref()));
        }
        Self {
            channel,
            _listener: listener,
        }
    }

    /// Tells the others.
    pub fn tell(&self) {
        if let Some(channel) = &self.channel {
            // A closed channel reaches nobody, which is nobody's loss.
            let _ = channel.post_message(&JsValue::from_str("changed"));
        }
    }
}

impl Drop for Tabs {
    fn drop(&mut self) {
        if let Some(channel) = &self.channel {
            channel.set_onmessage(None);
            channel.close();
        }
    }
}
