//! Two tabs or devices have changed one draft: its writer decides what counts, place by place.

use std::collections::BTreeMap;

use countersign_sync::drafts::merge::{Choice as Side, Difference, differences, first_choice, merged};
use leptos::prelude::*;

use crate::features::cart::state::{CartState, field_date};
use crate::i18n::{labels, local, talk};
use crate::offline::draft::{Draft, DraftLine};
use crate::text;
use crate::ui::{Button, Choice, Notice, RadioGroup, Tone, Variant};

const MINE: &str = "mine";
const THEIRS: &str = "theirs";

/// The question, while there is one.
#[component]
pub fn Merge(
    /// The cart.
    state: CartState,
) -> impl IntoView {
    let both = Memo::new(move |_| {
        state
            .cart
            .with(|kept| {
                let theirs = kept.theirs.as_ref()?;
                Some((kept.draft.clone(), theirs.draft().clone()))
            })
            .flatten()
    });
    move || {
        both.get()
            .map(|(mine, theirs)| view! { <Question state=state mine=mine theirs=theirs /> }.into_any())
    }
}

#[component]
fn Question(state: CartState, mine: Draft, theirs: Draft) -> impl IntoView {
    let places = differences(&mine, &theirs);
    let chosen: BTreeMap<usize, Side> = places.iter().map(first_choice).enumerate().collect();
    let chosen = RwSignal::new(chosen);
    let (mine, theirs) = (StoredValue::new(mine), StoredValue::new(theirs));
    let all = StoredValue::new(places.clone());
    let rows = places
        .into_iter()
        .enumerate()
        .map(|(index, place)| {
            let place = StoredValue::new(place);
            let label = Signal::derive(move || place.with_value(title));
            let options = move || {
                let side = |draft: StoredValue<Draft>| {
                    place.with_value(|place| draft.with_value(|draft| value(state, place, draft)))
                };
                vec![
                    Choice::new(MINE.to_owned(), text!(cart.merge_mine, value = side(mine))),
                    Choice::new(THEIRS.to_owned(), text!(cart.merge_theirs, value = side(theirs))),
                ]
            };
            let selected = move || match chosen.with(|chosen| chosen.get(&index).copied()) {
                Some(Side::Theirs) => THEIRS.to_owned(),
                _ => MINE.to_owned(),
            };
            let select = move |value: String| {
                let side = if value == THEIRS { Side::Theirs } else { Side::Mine };
                chosen.update(|chosen| {
                    chosen.insert(index, side);
                });
            };
            view! {
                <li>
                    <RadioGroup
                        label=label
                        options=Signal::derive(options)
                        selected=Signal::derive(selected)
                        on_select=select
                    />
                </li>
            }
        })
        .collect_view();
    let decide = move |()| {
        let chosen = chosen.get_untracked();
        let draft = all.with_value(|all| {
            let side = |place: &Difference| {
                let index = all.iter().position(|one| one == place);
                index
                    .and_then(|index| chosen.get(&index).copied())
                    .unwrap_or(Side::Mine)
            };
            mine.with_value(|mine| theirs.with_value(|theirs| merged(mine, theirs, side)))
        });
        state.cart.merge(draft);
    };
    view! {
        <section class="cart-changes" role="alert" aria-label=move || text!(cart.merge_title)>
            <Notice tone=Tone::Warn>
                <p><b>{move || text!(cart.merge_title)}</b></p>
                <p>{move || text!(cart.merge_lead)}</p>
                <ul>{rows}</ul>
                <Button label=move || text!(cart.merge_decide) variant=Variant::Primary on_press=decide />
            </Notice>
        </section>
    }
}

fn title(place: &Difference) -> String {
    match place {
        Difference::Line { mine, theirs, .. } => mine
            .as_ref()
            .or(theirs.as_ref())
            .map(|line| local(&line.item.name))
            .unwrap_or_default(),
        Difference::Name => text!(cart.draft_name),
        Difference::Address => text!(cart.address),
        Difference::WantedDate => text!(cart.wanted),
        Difference::DeliveryMethod => text!(cart.delivery_method),
        Difference::Priority => text!(cart.priority),
        Difference::Note => text!(cart.order_note),
        Difference::File { file, .. } => text!(cart.merge_file, name = file.name.clone()),
    }
}

/// What a draft says at a place.
fn value(state: CartState, place: &Difference, draft: &Draft) -> String {
    let or_none = |text: String| {
        if text.is_empty() {
            text!(cart.merge_nothing)
        } else {
            text
        }
    };
    match place {
        Difference::Line { id, .. } => draft
            .line(*id)
            .map_or_else(|| text!(cart.merge_no_line), line_words),
        Difference::Name => or_none(draft.name.clone()),
        Difference::Address => or_none(state.address_words(draft.address_id)),
        Difference::WantedDate => or_none(draft.wanted_date.map(field_date).unwrap_or_default()),
        Difference::DeliveryMethod => or_none(state.delivery_words(draft.delivery_method)),
        Difference::Priority => labels::priority(draft.priority),
        Difference::Note => or_none(draft.note.clone()),
        Difference::File { file, .. } => {
            if draft.attachments.iter().any(|other| other.id == file.id) {
                talk::size(file.size)
            } else {
                text!(cart.merge_no_line)
            }
        }
    }
}

fn line_words(line: &DraftLine) -> String {
    let quantity = [line.typed.clone(), local(&line.item.unit.name)].join(" ");
    if line.note.is_empty() {
        quantity
    } else {
        [quantity, line.note.clone()].join(" · ")
    }
}
