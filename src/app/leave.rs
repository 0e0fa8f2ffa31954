//! Signing out, and the question where the server lacks something: send it, keep it locked, or throw it away.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::i18n::problems;
use crate::queries::draft::{Cart, Left};
use crate::queries::on_behalf::{OnBehalf, left_of};
use crate::session::SessionContext;
use crate::text;
use crate::ui::{Button, Dialog, Notice, TextField, Toasts, Tone, Variant};

/// How far signing out is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaving {
    /// Nobody wants to.
    Not,
    /// It is asked what to do with this.
    Asking(Left),
    /// It is being sent or thrown away.
    Working(Left),
    /// That was tried, and this is still left.
    StillLeft(Left),
}

impl Leaving {
    fn left(self) -> Option<Left> {
        match self {
            Self::Not => None,
            Self::Asking(left) | Self::Working(left) | Self::StillLeft(left) => Some(left),
        }
    }
}

/// What ends a session here.
#[derive(Clone, Copy)]
pub struct Exit {
    session: SessionContext,
    cart: Option<Cart>,
    /// Of staff, everybody on whose behalf they order.
    behalf: Option<OnBehalf>,
    /// How far it is.
    pub leaving: RwSignal<Leaving>,
    toasts: Toasts,
}

impl Exit {
    /// The way out of this session.
    pub fn new(session: SessionContext) -> Self {
        Self {
            session,
            cart: use_context::<Cart>(),
            behalf: use_context::<OnBehalf>(),
            leaving: RwSignal::new(Leaving::Not),
            toasts: expect_context::<Toasts>(),
        }
    }

    /// Signs out, or asks first.
    pub fn begin(self) {
        spawn_local(async move {
            match self.counted(self.left().await) {
                left if left.is_nothing() => self.go().await,
                left => {
                    self.leaving.try_set(Leaving::Asking(left));
                }
            }
        });
    }

    async fn left(self) -> Left {
        left_of(self.carts()).await
    }

    /// The carts of which signing out has to ask, whatever page is open.
    fn carts(self) -> Vec<Cart> {
        match self.behalf {
            Some(behalf) => behalf.carts(),
            None => self.cart.into_iter().collect(),
        }
    }

    /// What has to be asked about: drafts and the sheet of the quick order stay on a trusted device.
    fn counted(self, left: Left) -> Left {
        let is_trusted = self.session.is_trusted.try_get_untracked() == Some(true);
        Left {
            drafts: if is_trusted { 0 } else { left.drafts },
            rows: if is_trusted { 0 } else { left.rows },
            ..left
        }
    }

    fn send(self) {
        self.work(|cart| Box::pin(cart.send_everything()));
    }

    fn discard(self) {
        self.work(|cart| Box::pin(cart.discard_everything()));
    }

    fn work(self, what: fn(Cart) -> std::pin::Pin<Box<dyn Future<Output = Left>>>) {
        let before = self.leaving.get_untracked().left().unwrap_or_default();
        self.leaving.set(Leaving::Working(before));
        spawn_local(async move {
            let mut left = Left::default();
            for cart in self.carts() {
                left = left.and(what(cart).await);
            }
            match self.counted(left) {
                left if left.is_nothing() => self.go().await,
                left => {
                    self.leaving.try_set(Leaving::StillLeft(left));
                }
            }
        });
    }

    fn keep(self) {
        spawn_local(self.go());
    }

    /// Whoever's session has ended does not go on; somebody else may sign in.
    pub fn abandon(self) {
        spawn_local(async move {
            let cleaning = self.cleaning();
            self.session.leave().await;
            cleaning.await;
        });
    }

    async fn go(self) {
        let cleaning = self.cleaning();
        self.leaving.try_set(Leaving::Not);
        match self.session.sign_out().await {
            Ok(()) => cleaning.await,
            Err(error) => self
                .toasts
                .warn(text!(shell.sign_out_failed, reason = problems::words(&error))),
        }
    }

    /// What is to be done with the device once its person is gone; nothing where it is trusted.
    fn cleaning(self) -> impl Future<Output = ()> {
        let is_trusted = self.session.is_trusted.try_get_untracked() == Some(true);
        let own = self.cart.filter(|_| self.behalf.is_none() && !is_trusted);
        let (own, others) = (own.map(Cart::cleaning), self.behalf.filter(|_| !is_trusted));
        let others = others.map(OnBehalf::cleaning);
        async move {
            if let Some(own) = own {
                own.await;
            }
            if let Some(others) = others {
                others.await;
            }
        }
    }
}

/// The question.
#[component]
pub fn LeaveDialog(
    /// The way out.
    exit: Exit,
) -> impl IntoView {
    let leaving = exit.leaving;
    let typed = RwSignal::new(String::new());
    let is_open = Memo::new(move |_| leaving.get() != Leaving::Not);
    let is_working = Memo::new(move |_| matches!(leaving.get(), Leaving::Working(_)));
    let left = Memo::new(move |before: Option<&Left>| {
        // Closing it does not change what it says on its way out.
        leaving.get().left().or(before.copied()).unwrap_or_default()
    });
    let close = move || {
        if !is_working.get_untracked() {
            leaving.set(Leaving::Not);
        }
    };
    let is_meant = Memo::new(move |_| typed.get().trim().to_lowercase() == text!(leave.word).to_lowercase());
    let discard = move || {
        if is_meant.get_untracked() {
            exit.discard();
        }
    };
    view! {
        <Dialog
            open=is_open
            on_close=close
            title=move || text!(leave.title)
            close_label=Signal::derive(move || text!(leave.stay))
        >
            <Show when=move || { left.get().orders > 0 }>
                <p>{move || text!(leave.orders, count = left.get().orders)}</p>
            </Show>
            <Show when=move || { left.get().drafts > 0 }>
                <p>{move || text!(leave.drafts, count = left.get().drafts)}</p>
            </Show>
            <Show when=move || { left.get().rows > 0 }>
                <p>{move || text!(leave.rows, count = left.get().rows)}</p>
            </Show>
            <Show when=move || matches!(leaving.get(), Leaving::StillLeft(_))>
                <Notice tone=Tone::Warn>{move || text!(leave.still_left)}</Notice>
            </Show>
            <div class="leave-ways">
                <Button
                    label=move || text!(leave.send)
                    variant=Variant::Primary
                    busy=is_working
                    on_press=move || exit.send()
                />
                <Button label=move || text!(leave.keep) on_press=move || exit.keep() />
                <p class="hint">{move || text!(leave.keep_hint)}</p>
            </div>
            <div class="leave-discard">
                <TextField label=move || text!(leave.type_word, word = text!(leave.word)) value=typed />
                <Button label=move || text!(leave.discard) variant=Variant::Danger busy=is_working on_press=discard />
            </div>
        </Dialog>
    }
}
