//! Somebody else acted while this person was looking (rule 14).

use leptos::prelude::*;

use crate::order_view::OrderDesk;
use crate::order_view::history::{actor_words, kind_words};
use crate::text;
use crate::ui::{Button, Notice, Tone, Variant};

/// Who did what meanwhile; nothing while nobody did anything.
#[component]
pub fn OrderNews(
    /// The order.
    desk: OrderDesk,
) -> impl IntoView {
    let news = Memo::new(move |_| desk.news());
    let entries = move || {
        let entry = |entry: &_| view! { <li>{actor_words(entry)} " — " {kind_words(entry)}</li> };
        news.with(|news| news.iter().map(entry).collect_view())
    };
    view! {
        <div role="status">
            <Show when=move || news.with(|news| !news.is_empty())>
                <Notice tone=Tone::Warn>
                    <p>{move || text!(order.news.title)}</p>
                    <ul class="diff">{entries}</ul>
                    <Button
                        label=move || text!(order.news.read)
                        variant=Variant::Quiet
                        on_press=move || desk.acknowledge()
                    />
                </Notice>
            </Show>
        </div>
    }
}
