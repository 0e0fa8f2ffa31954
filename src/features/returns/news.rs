//! Somebody else acted on the return while this person filled in a panel (rule 14).

use countersign_contract::returns::ReturnEntry;
use leptos::prelude::*;

use crate::features::returns::desk::ReturnDesk;
use crate::features::returns::history::{actor_words, kind_words};
use crate::order_view::NewsNotice;

/// What happened to the return since the open panel was filled in; nothing while nothing did.
#[component]
pub fn PanelNews(
    /// The return.
    desk: ReturnDesk,
) -> impl IntoView {
    let news = Memo::new(move |_| {
        let (entries, kind) = desk.panel_news()?;
        let words = |entry: &ReturnEntry| {
            let parts = [actor_words(entry), kind_words(entry, kind)];
            let said: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            said.join(" — ")
        };
        Some(entries.iter().map(words).collect::<Vec<_>>())
    });
    view! {
        <div class="panel-news">
            <NewsNotice news=news on_read=move || desk.acknowledge() />
        </div>
    }
}
