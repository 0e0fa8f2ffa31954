//! The design system: components as nouns that know leptos and the browser only.
//!
//! Nothing here knows a route, a query, a rule or a language: texts come in as `Signal<String>`, so that they follow the
//! language (`label=move || text!(cart.title)`), and what a press does goes out through a `Callback`. Styles are in
//! `style/components/<same name>.css`; state is in ARIA or `data-*` attributes, never in class names.
//!
//! | component | use |
//! |---|---|
//! | [`Button`] | `<Button label on_press variant=Variant::Primary busy refused shortcut="a" submit=true icon/>`; `refused: Option<String>` says why it can't be pressed |
//! | [`IconButton`] | `<IconButton icon label on_press pressed/>` a square button with a spoken name |
//! | [`Icon`] | `<Icon name=IconName::Cart/>` decoration, never the only carrier of meaning |
//! | [`TextField`] | `<TextField label value hint error name kind autocomplete required on_commit/>` `value: RwSignal<String>` |
//! | [`NumberField`] | `<NumberField label value hint error unit on_commit/>` text with a decimal keyboard; never a float |
//! | [`TextArea`] | `<TextArea label value hint error rows/>` |
//! | [`SelectField`] | `<SelectField label options selected on_select hint error/>` options are [`Choice`]s |
//! | [`Checkbox`], [`Switch`] | `<Switch label checked on_change hint refused/>` |
//! | [`RadioGroup`] | `<RadioGroup label options selected on_select/>` |
//! | [`Segmented`] | `<Segmented label options selected on_select/>` two to four choices side by side |
//! | [`QuantityStepper`] | `<QuantityStepper label value up down nearest error unit on_commit/>` typed text stays as typed |
//! | [`Dialog`] | `<Dialog open on_close title close_label panel=true>..</Dialog>` focus stays inside, Esc closes, focus returns |
//! | [`Menu`] | `<Menu label icon>..buttons or links..</Menu>` |
//! | [`Tabs`] | `<Tabs label options selected on_select>..panel..</Tabs>` |
//! | [`Toaster`], [`Toasts`] | `toasts.say(text)`, `.say_with_undo(text, undo, closure)`, `.warn(text)` |
//! | [`Skeleton`], [`EmptyState`], [`ErrorState`] | the three faces of a page without data |
//! | [`Badge`] | `<Badge text tone=Tone::Late/>` |
//! | [`Notice`] | `<Notice tone>..</Notice>` a message in the flow of a page |
//! | [`ProgressBar`] | `<ProgressBar label percent tone/>` |
//! | [`StageTrack`] | `<StageTrack label items/>` items are [`StageItem`]s: label, state, detail |
//! | [`DataTable`], [`Row`], [`Cell`] | a table that becomes cards on a phone |
//! | [`LongTable`] | `<LongTable caption columns keys row show_all/>` the first hundred rows of a table, and the rest when asked |
//! | [`KeyValues`], [`KeyValue`] | names and values in pairs |
//! | [`Figure`] | `<Figure text strong=true/>` money or a quantity: tabular, never broken |
//! | [`Card`] | `<Card title>..</Card>` |
//! | [`Windowed`] | `<Windowed label count expected key row ../>` a list of any length, of which only what is in sight is in the page |
//! | [`LateRow`] | `<LateRow id class place name attention insides/>` a row of a long list, made when it comes near the screen |
//! | [`ListFoot`], [`focus_next`] | `<ListFoot label is_empty node_ref>..</ListFoot>` over the end of a list: what is done with the chosen rows |
//! | [`LoadMore`] | `<LoadMore label more busy on_more/>` |
//! | [`SearchBox`] | `<SearchBox label value on_search hotkey=true/>` waits for a pause in typing; `/` focuses it |
//! | [`PageHeader`] | `<PageHeader title lead crumbs>..actions..</PageHeader>` |
//! | [`ActionBar`] | `<ActionBar label>..buttons, the main one first..</ActionBar>` |
//! | [`FoldingBar`] | `<FoldingBar label more each key button/>` the same for any number: what doesn't fit is behind `more` |
//! | [`Kbd`], [`VisuallyHidden`] | a key; text for screen readers only |
//! | [`Shortcuts`], [`ShortcutHelp`] | `shortcuts.on("j", label, callback)` until the current owner goes away; `?` lists them |
//! | [`give_back`] | the focus, to whoever takes the place of what had it |

mod action_bar;
mod badge;
mod button;
mod choice;
mod dialog;
mod field;
mod figure;
mod heights;
mod icon;
mod id;
mod late_row;
mod list_foot;
mod load_more;
mod long_table;
mod menu;
mod page_header;
mod quantity_stepper;
mod search_box;
mod segmented;
mod select;
mod shortcuts;
mod stage_track;
mod states;
mod table;
mod tabs;
mod toaster;
mod window_focus;
mod window_view;
mod windowed;
mod words;

pub use action_bar::{ActionBar, FoldingBar};
pub use badge::{Badge, Notice, ProgressBar, Tone};
pub use button::{Button, IconButton, Variant};
pub use choice::{Checkbox, RadioGroup, Switch};
pub use dialog::Dialog;
pub use field::{InputKind, NumberField, TextArea, TextField};
pub use figure::{Card, Figure, KeyValue, KeyValues};
pub use icon::{Icon, IconName};
pub use late_row::LateRow;
pub use list_foot::{ListFoot, focus_next};
pub use load_more::LoadMore;
pub use long_table::LongTable;
pub use menu::Menu;
pub use page_header::{Crumb, PageHeader};
pub use quantity_stepper::QuantityStepper;
pub use search_box::SearchBox;
pub use segmented::Segmented;
pub use select::{Choice, SelectField};
pub use shortcuts::{ShortcutHelp, Shortcuts};
pub use stage_track::{StageItem, StageState, StageTrack};
pub use states::{EmptyState, ErrorState, Skeleton};
pub use table::{Align, Cell, Column, DataTable, Row};
pub use tabs::Tabs;
pub use toaster::{Toaster, Toasts};
pub use window_focus::give_back;
pub use window_view::WindowPlace;
pub use windowed::Windowed;
pub use words::{Kbd, VisuallyHidden};
