//! The action bar of a return: what may be done first, what may not with the reason.

use countersign_contract::returns::PassReturnReviewEndpoint;
use countersign_domain::returns::PassReturnReview;
use leptos::prelude::*;

use crate::features::returns::actions::{Deed, Offer, main_deed};
use crate::features::returns::desk::ReturnDesk;
use crate::features::returns::form::ChangeError;
use crate::features::returns::moving::{NextReturn, Onward};
use crate::features::returns::news::PanelNews;
use crate::features::returns::work;
use crate::i18n::returns;
use crate::order_view::panel_form;
use crate::text;
use crate::ui::{Button, Dialog, FoldingBar, Variant};

/// The bar of the open return with its panels.
#[component]
pub fn ReturnActions(
    /// The return.
    desk: ReturnDesk,
    /// The way on from it.
    onward: Onward,
) -> impl IntoView {
    let pass = desk.change::<PassReturnReviewEndpoint>();
    let main = Memo::new(move |_| desk.offers.with(|offers| main_deed(offers)));
    let press = move |deed: Deed| {
        // An error belongs to the press that led to it.
        pass.error.set(None);
        match deed {
            // The second half of a double click was meant for the return before.
            Deed::Pass if onward.is_fresh() => {}
            Deed::Pass => desk.send(pass, PassReturnReview::default()),
            deed => desk.open_panel(deed),
        }
    };
    let button = move |offer: Offer| {
        let deed = offer.deed;
        let refused = offer.allowed.err();
        let is_main = main.get_untracked() == Some(deed);
        let shortcut = match deed {
            _ if is_main => Some("a"),
            Deed::Refuse if refused.is_none() => Some("r"),
            _ => None,
        };
        let variant = match deed {
            _ if is_main => Variant::Primary,
            Deed::Void => Variant::Danger,
            _ => Variant::Secondary,
        };
        let label = Signal::derive(move || deed.words());
        let refused = Signal::derive(move || refused.as_ref().map(returns::deny));
        let busy = Signal::derive(move || deed == Deed::Pass && pass.busy.get());
        let on_press = Callback::new(move |()| press(deed));
        match shortcut {
            Some(key) => view! {
                <Button label=label shortcut=key variant=variant refused=refused busy=busy on_press=on_press />
            }
            .into_any(),
            None => view! {
                <Button label=label variant=variant refused=refused busy=busy on_press=on_press />
            }
            .into_any(),
        }
    };
    let key = move |offer: &Offer| {
        (
            offer.deed,
            offer.allowed.clone().err().map(|reason| format!("{reason:?}")),
            main.get_untracked(),
        )
    };
    let title = Signal::derive(move || desk.panel.deed().map(Deed::words).unwrap_or_default());
    view! {
        <div class="order-actions">
            <ChangeError desk=desk error=pass.error />
            <NextReturn onward=onward />
            <Show when=move || desk.offers.with(|offers| !offers.is_empty())>
                <FoldingBar
                    label=move || text!(returns.actions)
                    more=move || text!(returns.more_actions)
                    each=desk.offers
                    key=key
                    button=button
                />
            </Show>
        </div>
        <Dialog
            open=Signal::derive(move || desk.panel.deed().is_some())
            on_close=move || desk.panel.close()
            title=title
            close_label=move || text!(returns.close_panel)
            panel=true
        >
            <PanelNews desk=desk />
            {panel_form(desk.panel, move |deed| work::form(desk, deed))}
        </Dialog>
    }
}
