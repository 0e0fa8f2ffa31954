//! The action bar of an order: what may be done first, what may not with the reason.

use countersign_contract::NoContent;
use countersign_contract::order::{
    ConfirmChanges, PassExecutiveApproval, PassFinanceReviewEndpoint, PassOrderReviewEndpoint,
};
use countersign_domain::order::{PassFinanceReview, PassOrderReview, PassStage, Rejection};
use countersign_domain::policy::{Action, can};
use leptos::prelude::*;

use crate::api::ApiError;
use crate::i18n::reasons;
use crate::order_view::news::PanelNews;
use crate::order_view::{ChangeError, Deed, Forms, Offer, OrderDesk, main_deed, panel_form};
use crate::queries::Pending;
use crate::text;
use crate::ui::{Button, Dialog, FoldingBar, Variant};

/// The deeds that need no panel, ready to be sent.
#[derive(Clone, Copy)]
struct Straight {
    desk: OrderDesk,
    review: Pending<PassOrderReviewEndpoint>,
    executive: Pending<PassExecutiveApproval>,
    finance: Pending<PassFinanceReviewEndpoint>,
    confirm: Pending<ConfirmChanges>,
}

impl Straight {
    fn new(desk: OrderDesk) -> Self {
        let straight = Self {
            desk,
            review: desk.change(),
            executive: desk.change(),
            finance: desk.change(),
            confirm: desk.change(),
        };
        if let Some((deed, error)) = desk.refused.get_value() {
            let place = match deed {
                Deed::PassExecutiveApproval => straight.executive.error,
                Deed::PassFinanceReview => straight.finance.error,
                _ => straight.review.error,
            };
            place.set(Some(error));
        }
        straight
    }

    /// Does `deed`, or opens the panel that asks for what it needs.
    fn press(self, deed: Deed) {
        let desk = self.desk;
        self.forget();
        if let (false, Some(hand_over), Some(detail)) = (
            deed.asks(),
            desk.hand_over.get_value(),
            desk.detail.get_untracked(),
        ) {
            hand_over.run((deed, detail));
            return;
        }
        match deed {
            Deed::PassOrderReview => desk.send(self.review, PassOrderReview::default()),
            Deed::PassExecutiveApproval => desk.send(self.executive, PassStage::default()),
            Deed::PassFinanceReview => desk.send(self.finance, PassFinanceReview::default()),
            Deed::ConfirmChanges => desk.send(self.confirm, NoContent {}),
            deed => desk.open_panel(deed),
        }
    }

    /// An error belongs to the press that led to it.
    fn forget(self) {
        for error in self.errors() {
            error.set(None);
        }
    }

    fn errors(self) -> [RwSignal<Option<ApiError>>; 4] {
        [
            self.review.error,
            self.executive.error,
            self.finance.error,
            self.confirm.error,
        ]
    }

    fn is_busy(self) -> bool {
        self.review.busy.get()
            || self.executive.busy.get()
            || self.finance.busy.get()
            || self.confirm.busy.get()
    }

    /// Whether the finance review fails for lack of credit and this person may let it pass nevertheless.
    fn may_override(self) -> bool {
        use countersign_contract::ProblemKind;
        let was_refused = self.finance.error.with(|error| {
            let kind = error.as_ref().and_then(ApiError::kind);
            matches!(
                kind,
                Some(ProblemKind::Rejected {
                    rejection: Rejection::CreditExceeded { .. }
                })
            )
        });
        let is_over = |offer: &Offer| matches!(offer.allowed, Err(Rejection::CreditExceeded { .. }));
        let is_over_limit = was_refused || self.desk.offers.with(|offers| offers.iter().any(is_over));
        is_over_limit && may_override_credit(self.desk)
    }
}

/// Whether the viewer may let the open order pass beyond the credit limit.
fn may_override_credit(desk: OrderDesk) -> bool {
    match (desk.who.get(), desk.detail.get()) {
        (Some(who), Some(detail)) => {
            can(&who.actor, Action::OverrideCredit, &detail.order, &who.workflow).is_ok()
        }
        _ => false,
    }
}

/// The bar of the open order with its panels. `forms` makes what a panel holds.
#[component]
pub fn OrderActions(
    /// The order.
    desk: OrderDesk,
    /// Makes the form of a deed.
    forms: Forms,
) -> impl IntoView {
    let straight = Straight::new(desk);
    let main = Memo::new(move |_| desk.offers.with(|offers| main_deed(offers)));
    let button = move |offer: Offer| {
        let deed = offer.deed;
        let refused = offer.allowed.err();
        let is_main = main.get_untracked() == Some(deed);
        let shortcut = match deed {
            _ if is_main => Some("a".to_owned()),
            Deed::SendBack if refused.is_none() => Some("r".to_owned()),
            _ => None,
        };
        let variant = match deed {
            _ if is_main => Variant::Primary,
            Deed::Void | Deed::Withdraw => Variant::Danger,
            _ => Variant::Secondary,
        };
        view! {
            <DeedButton
                deed=deed
                shortcut=shortcut
                variant=variant
                refused=Signal::derive(move || {
                    let refused = refused.as_ref()?;
                    desk.detail
                        .with(|detail| {
                            let order = detail.as_deref().map(|detail| &detail.order);
                            Some(reasons::rejection(refused, order))
                        })
                })
                busy=Signal::derive(move || is_main && straight.is_busy())
                on_press=Callback::new(move |()| straight.press(deed))
            />
        }
        .into_any()
    };
    let key = move |offer: &Offer| {
        (
            offer.deed,
            offer.allowed.clone().err().map(|reason| format!("{reason:?}")),
            main.get_untracked(),
        )
    };
    let errors = straight
        .errors()
        .map(|error| view! { <ChangeError desk=desk error=error /> });
    let title = Signal::derive(move || desk.panel.deed().map(deed_words).unwrap_or_default());
    view! {
        <div class="order-actions">
            {errors.into_iter().collect_view()}
            <Show when=move || straight.may_override()>
                <Button
                    label=move || text!(order.deed.override_credit)
                    on_press=move || desk.open_panel(Deed::PassFinanceReview)
                />
            </Show>
            <Show when=move || desk.offers.with(|offers| offers.iter().all(|offer| offer.deed == Deed::ReturnGoods))>
                <Resting desk=desk />
            </Show>
            <Show when=move || desk.offers.with(|offers| !offers.is_empty())>
                <FoldingBar
                    label=move || text!(order.actions)
                    more=move || text!(order.more)
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
            close_label=move || text!(order.close_panel)
            panel=true
        >
            <PanelNews desk=desk />
            {panel_form(desk.panel, move |deed| forms(desk, deed))}
        </Dialog>
    }
}

/// Nothing is to be done: somebody else acts, or the order ended. The track says who.
#[component]
fn Resting(desk: OrderDesk) -> impl IntoView {
    let words = move || {
        desk.detail.with(|detail| {
            let order = &detail.as_deref()?.order;
            Some(if order.status.is_final() {
                text!(order.nothing_more)
            } else {
                text!(order.others_act)
            })
        })
    };
    view! { <p class="order-resting">{words}</p> }
}

#[component]
fn DeedButton(
    deed: Deed,
    shortcut: Option<String>,
    variant: Variant,
    refused: Signal<Option<String>>,
    busy: Signal<bool>,
    on_press: Callback<()>,
) -> impl IntoView {
    let label = Signal::derive(move || deed_words(deed));
    match shortcut {
        Some(key) => {
            view! { <Button label=label shortcut=key variant=variant refused=refused busy=busy on_press=on_press /> }
                .into_any()
        }
        None => view! { <Button label=label variant=variant refused=refused busy=busy on_press=on_press /> }.into_any(),
    }
}

/// What the button of a deed says, and the panel it opens.
pub fn deed_words(deed: Deed) -> String {
    match deed {
        Deed::PassOrderReview => text!(order.deed.pass_order_review),
        Deed::Adjust => text!(order.deed.adjust),
        Deed::PassExecutiveApproval => text!(order.deed.pass_executive_approval),
        Deed::PassFinanceReview => text!(order.deed.pass_finance_review),
        Deed::EnterPayment => text!(order.deed.enter_payment),
        Deed::Produce => text!(order.deed.produce),
        Deed::PassOutboundReview => text!(order.deed.pass_outbound_review),
        Deed::Ship => text!(order.deed.ship),
        Deed::ReleaseLine => text!(order.deed.release_line),
        Deed::CloseRemaining => text!(order.deed.close_remaining),
        Deed::RequestChange => text!(order.deed.request_change),
        Deed::AnswerChange => text!(order.deed.answer_change),
        Deed::SendBack => text!(order.deed.send_back),
        Deed::Void => text!(order.deed.void),
        Deed::ConfirmChanges => text!(order.deed.confirm_changes),
        Deed::DeclineChanges => text!(order.deed.decline_changes),
        Deed::Receive => text!(order.deed.receive),
        Deed::Resubmit => text!(order.deed.resubmit),
        Deed::Withdraw => text!(order.deed.withdraw),
        Deed::ReturnGoods => text!(returns.deed.return_goods),
    }
}
