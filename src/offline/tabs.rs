//! What the tabs of one browser tell each other.

use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::Closure;
use web_sys::{BroadcastChannel, MessageEvent};

/// A channel between tabs. Closed when it is dropped.
#[derive(Debug)]
pub struct Tabs {
    channel: Option<BroadcastChannel>,
    _listener: Closure<dyn Fn(MessageEvent)>,
}

impl Tabs {
    /// Listens for what other tabs say on the channel `name`. In a browser without such channels tabs learn of each other
    /// when they save, and when the server answers.
    pub fn open(name: &str, on_word: impl Fn(String) + 'static) -> Self {
        let listener = Closure::<dyn Fn(MessageEvent)>::new(move |message: MessageEvent| {
            on_word(message.data().as_string().unwrap_or_default());
        });
        let channel = BroadcastChannel::new(name).ok();
        if let Some(channel) = &channel {
            channel.set_onmessage(Some(listener.as_ref().unchecked_ref()));
        }
        Self {
            channel,
            _listener: listener,
        }
    }

    /// Tells the others `word`.
    pub fn tell(&self, word: &str) {
        if let Some(channel) = &self.channel {
            // A closed channel reaches nobody, which is nobody's loss.
            let _ = channel.post_message(&JsValue::from_str(word));
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
