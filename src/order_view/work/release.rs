//! Releasing a line that the review put on hold (rule 5).

use countersign_contract::order::ReleaseLineEndpoint;
use countersign_domain::order::{Order, OrderLine, ReleaseLine};
use leptos::prelude::*;

use crate::i18n::local;
use crate::order_view::input;
use crate::order_view::{DeedForm, OrderDesk, Typed};
use crate::text;
use crate::ui::{Choice, SelectField, TextArea};

/// The lines that wait to be released.
pub fn held(order: &Order) -> impl Iterator<Item = &OrderLine> {
    order
        .lines
        .iter()
        .filter(|line| line.held && !line.remaining().is_zero())
}

#[component]
pub(super) fn ReleaseForm(desk: OrderDesk) -> impl IntoView {
    let pending = desk.change::<ReleaseLineEndpoint>();
    let lines = desk.detail.with_untracked(|detail| {
        let order = detail.as_deref().map(|detail| &detail.order);
        order
            .map(|order| held(order).cloned().collect::<Vec<_>>())
            .unwrap_or_default()
    });
    let first = lines.first().map(|line| line.id.to_string());
    let chosen = RwSignal::new(first.unwrap_or_default());
    let lines = StoredValue::new(lines);
    let reason = Typed::new("");
    let submit = move || {
        let said = reason.read(input::words);
        let line = chosen.get_untracked().parse();
        if let (Ok(reason), Ok(line_id)) = (said, line) {
            desk.send(pending, ReleaseLine { line_id, reason });
        }
    };
    let options = move || {
        let choice = |line: &OrderLine| {
            let words = [local(&line.name), line.sku.clone()].join(" · ");
            Choice::new(line.id.to_string(), words)
        };
        lines.with_value(|lines| lines.iter().map(choice).collect::<Vec<_>>())
    };
    view! {
        <DeedForm
            desk=desk
            button=move || text!(order.deed.release_line)
            busy=pending.busy
            error=pending.error
            on_submit=submit
        >
            <p>{move || text!(order.release.lead)}</p>
            <SelectField
                label=move || text!(order.line.item)
                options=Signal::derive(options)
                selected=chosen
                on_select=move |line: String| chosen.set(line)
            />
            <TextArea label=move || text!(order.ask.reason) value=reason.value error=reason.wrong() />
        </DeedForm>
    }
}
