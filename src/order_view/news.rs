//! Somebody else acted while this person was looking, or while they filled in a panel (rule 14).

use countersign_contract::order::HistoryEntry;
use leptos::prelude::*;

use crate::order_view::OrderDesk;
use crate::order_view::history::{actor_words, kind_words};
use crate::text;
use crate::ui::{Button, Notice, Tone, Variant};

/// Who did what to the order meanwhile; nothing while nobody did anything.
#[component]
pub fn OrderNews(
    /// The order.
    desk: OrderDesk,
) -> impl IntoView {
    let news = Memo::new(move |_| {
        // What the open panel tells is told there alone.
        if desk.panel_news().is_some() {
            return None;
        }
        let news = desk.news();
        (!news.is_empty()).then(|| words(&news))
    });
    view! { <NewsNotice news=news on_read=move || desk.acknowledge() /> }
}

/// What happened to the order since the open panel was filled in.
#[component]
pub fn PanelNews(
    /// The order.
    desk: OrderDesk,
) -> impl IntoView {
    let news = Memo::new(move |_| desk.panel_news().as_deref().map(words));
    view! {
        <div class="panel-news">
            <NewsNotice news=news on_read=move || desk.acknowledge() />
        </div>
    }
}

fn words(entries: &[HistoryEntry]) -> Vec<String> {
    let words = |entry: &HistoryEntry| [actor_words(entry), kind_words(entry)].join(" — ");
    entries.iter().map(words).collect()
}

/// What happened meanwhile, until it is read. The place is there before, so that it is announced.
#[component]
pub fn NewsNotice(
    /// What happened, entry by entry: none of them where this person is told no more than that something did.
    news: Memo<Option<Vec<String>>>,
    /// It was read.
    #[prop(into)]
    on_read: Callback<()>,
) -> impl IntoView {
    let title = move || {
        if news.with(|news| news.as_ref().is_some_and(Vec::is_empty)) {
            text!(order.news.untold)
        } else {
            text!(order.news.title)
        }
    };
    let entries = move || {
        let entry = |words: &String| view! { <li>{words.clone()}</li> };
        news.with(|news| news.iter().flatten().map(entry).collect_view())
    };
    view! {
        <div role="status">
            <Show when=move || news.with(Option::is_some)>
                <Notice tone=Tone::Warn>
                    <p>{title}</p>
                    <ul class="diff">{entries}</ul>
                    <Button
                        label=move || text!(order.news.read)
                        variant=Variant::Quiet
                        on_press=on_read
                    />
                </Notice>
            </Show>
        </div>
    }
}
