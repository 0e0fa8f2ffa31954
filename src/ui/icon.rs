//! The icons: drawn on a grid of 24 with one stroke, by this project.

use leptos::prelude::*;

/// An icon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IconName {
    /// A person.
    Account,
    /// An arrow to the left.
    Back,
    /// A bell.
    Bell,
    /// A shopping cart.
    Cart,
    /// Four boxes.
    Catalog,
    /// A tick.
    Check,
    /// An angle downwards.
    Down,
    /// A cross.
    Close,
    /// Two sheets.
    Copy,
    /// A house.
    Home,
    /// A minus.
    Minus,
    /// Three dots.
    More,
    /// A sheet with lines.
    Orders,
    /// A plus.
    Plus,
    /// A tray.
    Queue,
    /// An arrow that turns back.
    Return,
    /// A lens.
    Search,
    /// Two sliders.
    Settings,
    /// A table.
    Sheet,
    /// A door with an arrow.
    SignOut,
    /// A star.
    Star,
    /// A label with a hole.
    Tag,
    /// A lorry.
    Truck,
    /// A triangle with an exclamation mark.
    Warning,
}

impl IconName {
    fn path(self) -> &'static str {
        match self {
            Self::Account => {
                "M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8ZM4.5 20.5c.6-4 3.600-6 7.500-6s6.900 2 7.500 6"
            }
            Self::Bell => "M6 17V11a6 6 0 0 1 12 0v6l1.500 1.500h-15ZM10 21h4M12 5V3",
            Self::Back => "M20 12H5M11 5l-7 7 7 7",
            Self::Cart => "M2.500 4H5l2.500 11h10.500l2.500-8H6M9 19.500h.01M17 19.500h.01",
            Self::Catalog => {
                "M4 4h6.500v6.500H4ZM13.500 4H20v6.500h-6.500ZM4 13.500h6.500V20H4ZM13.500 13.500H20V20h-6.500Z"
            }
            Self::Check => "M4.500 12.500 10 18 20 6.500",
            Self::Down => "M5.500 9l6.500 6.500L18.500 9",
            Self::Close => "M5.500 5.500l13 13M18.500 5.500l-13 13",
            Self::Copy => "M8.500 8.500H20V20H8.500ZM15.500 8.500V4H4v11.500h4.500",
            Self::Home => "M3.500 11.500 12 4l8.500 7.500M6 9.500V20h12V9.500M10 20v-6h4v6",
            Self::Minus => "M5 12h14",
            Self::More => "M5 12h.01M12 12h.01M19 12h.01",
            Self::Orders => "M5.500 3.500h13v17h-13ZM9 8.500h6M9 12h6M9 15.500h4",
            Self::Plus => "M5 12h14M12 5v14",
            Self::Queue => {
                "M3.500 13.500 6.500 5h11l3 8.500V19h-17ZM3.500 13.500H8.500c.5 2 1.500 3 3.500 3s3-1 3.500-3h5"
            }
            Self::Return => "M9 5 4 10l5 5M4.500 10H14a6 6 0 0 1 0 12h-3",
            Self::Search => "M10.500 4a6.500 6.500 0 1 1 0 13 6.500 6.500 0 0 1 0-13ZM15.500 15.500l5 5",
            Self::Settings => {
                "M4 8h8M18 8h2M15 5.500a2.500 2.500 0 1 1 0 5 2.500 2.500 0 0 1 0-5ZM4 16h2M12 16h8M9 13.500a2.500 2.500 0 1 1 0 5 2.500 2.500 0 0 1 0-5Z"
            }
            Self::Sheet => "M4 4.500h16v15H4ZM4 9.500h16M4 14.500h16M10 4.500v15",
            Self::SignOut => "M13 4H5v16h8M10 12h11M17 8l4 4-4 4",
            Self::Star => {
                "M12 3.500l2.600 5.400 5.900.8-4.300 4.100 1.100 5.900L12 16.800l-5.300 2.900 1.100-5.900L3.500 9.700l5.900-.8Z"
            }
            Self::Tag => "M12 3.500h8.500V12L12 20.500 3.500 12ZM16.500 7.500h.01",
            Self::Truck => "M2.500 6H14v11H2.500ZM14 10h4l3.500 3.500V17H14M6.500 17v2.500M17.500 17v2.500",
            Self::Warning => "M12 4 2.500 20h19ZM12 10v5M12 17.500h.01",
        }
    }
}

/// An icon beside a text or inside a named button: hidden from screen readers.
#[component]
pub fn Icon(
    /// Which.
    name: IconName,
) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">
            <path d=name.path() />
        </svg>
    }
}
