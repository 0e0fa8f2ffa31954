//! From a text to cells and back.

/// What separates cells, in the order in which one is preferred where two do equally well.
const SEPARATORS: [char; 5] = ['\t', ';', '；', ',', '，'];

/// Lines looked at to find out what separates the cells.
const LOOKED_AT: usize = 50;

/// What a cell must not begin with in a file that a spreadsheet opens, in both widths: it would be taken for a formula.
const FORMULA_SIGNS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// What it must not begin with either, since what follows may be taken for a cell of its own (OWASP, CSV Injection).
const BREAKS: [char; 3] = ['\t', '\r', '\n'];

/// Splits a text - cells that were copied, or a CSV file - into rows of cells.
///
/// Cells are separated by tabs, semicolons or commas, those of a Chinese keyboard among them, or, where there are none, by
/// spaces. A cell may be in quotation marks and then hold anything; a mark that is never closed stands for itself. Cells
/// are trimmed, empty ones at the end of a row are left out; a row without any is empty but counts. An apostrophe that
/// [`csv`] put before what looks like a formula is taken off.
pub fn split(text: &str) -> Vec<Vec<String>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let Some(separator) = separator(text) else {
        let words = |line: &str| line.split_whitespace().map(clean).collect();
        return text.lines().map(words).collect();
    };
    let mut reader = Reader {
        rest: text,
        separator,
        closes_quotes: true,
    };
    let mut rows = Vec::new();
    while !reader.rest.is_empty() {
        rows.push(reader.row());
    }
    rows
}

/// Rows as a CSV file that a spreadsheet opens; no cell of it is taken for a formula.
pub fn csv<'a>(rows: impl IntoIterator<Item = &'a [String]>) -> String {
    let mut text = String::new();
    for row in rows {
        for (column, cell) in row.iter().enumerate() {
            if column > 0 {
                text.push(',');
            }
            push_cell(&mut text, cell);
        }
        text.push_str("\r\n");
    }
    text
}

fn push_cell(text: &mut String, cell: &str) {
    let apostrophe = if is_formula(cell) { "'" } else { "" };
    let needs_quotes = cell.contains(['"', '\n', '\r']) || cell.contains(SEPARATORS);
    if needs_quotes {
        text.push('"');
        text.push_str(apostrophe);
        text.push_str(&cell.replace('"', "\"\""));
        text.push('"');
    } else {
        text.push_str(apostrophe);
        text.push_str(cell);
    }
}

/// Whether a spreadsheet would take a cell for a formula, perhaps once apostrophes and what can't be seen are taken off.
fn is_formula(cell: &str) -> bool {
    let is_skipped = |sign: char| sign == '\'' || sign.is_whitespace() || sign.is_control();
    cell.trim_start_matches(is_skipped).starts_with(FORMULA_SIGNS)
        || cell.trim_start_matches('\'').starts_with(BREAKS)
}

fn clean(cell: &str) -> String {
    let cell = cell.trim();
    match cell.strip_prefix('\'') {
        Some(formula) if is_formula(formula) => formula.trim().to_owned(),
        _ => cell.to_owned(),
    }
}

/// What separates the cells; `None` for spaces.
fn separator(text: &str) -> Option<char> {
    let counts = rows_with(text);
    let counted = || SEPARATORS.into_iter().zip(counts);
    // Copied cells have tabs between them, whatever else is in them.
    let tabs = counted().next().filter(|(_, rows)| *rows > 0);
    let best = counted()
        .rev()
        .max_by_key(|(_, rows)| *rows)
        .filter(|(_, rows)| *rows > 0);
    let mut lines = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .take(LOOKED_AT)
        .peekable();
    match tabs.or(best) {
        Some((separator, _)) => Some(separator),
        None if lines.peek().is_some() && lines.all(|line| line.split_whitespace().nth(1).is_some()) => None,
        None => Some('\t'),
    }
}

/// In how many of the first rows each separator stands, outside of quotation marks.
fn rows_with(text: &str) -> [usize; SEPARATORS.len()] {
    let mut counts = [0; SEPARATORS.len()];
    let mut is_there = [false; SEPARATORS.len()];
    let (mut rows, mut is_inside, mut is_cell_start) = (0, false, true);
    for sign in text.chars() {
        match sign {
            '"' if is_inside || is_cell_start => {
                is_inside = !is_inside;
                // A second mark at once is one that is part of the cell.
                is_cell_start = !is_inside;
            }
            _ if is_inside => {}
            '\n' => {
                for (count, is_there) in counts.iter_mut().zip(&mut is_there) {
                    *count += usize::from(std::mem::take(is_there));
                }
                is_cell_start = true;
                rows += 1;
                if rows == LOOKED_AT {
                    break;
                }
            }
            _ => {
                let place = SEPARATORS.iter().position(|separator| *separator == sign);
                if let Some(is_there) = place.and_then(|place| is_there.get_mut(place)) {
                    *is_there = true;
                }
                is_cell_start = place.is_some() || sign == '\r' || (is_cell_start && sign == ' ');
            }
        }
    }
    for (count, is_there) in counts.iter_mut().zip(is_there) {
        *count += usize::from(is_there);
    }
    counts
}

struct Reader<'a> {
    rest: &'a str,
    separator: char,
    /// Whether every quotation mark so far had its other one.
    closes_quotes: bool,
}

impl Reader<'_> {
    fn row(&mut self) -> Vec<String> {
        let mut cells = Vec::new();
        loop {
            let (cell, is_last) = self.cell();
            cells.push(cell);
            if is_last {
                break;
            }
        }
        let filled = cells.iter().rposition(|cell| !cell.is_empty());
        cells.truncate(filled.map_or(0, |last| last.saturating_add(1)));
        cells
    }

    /// The next cell, and whether it ends its row.
    fn cell(&mut self) -> (String, bool) {
        let blank = |sign: char| sign == ' ' && self.separator != ' ';
        let opened = self.rest.trim_start_matches(blank).strip_prefix('"');
        if let Some(opened) = opened.filter(|_| self.closes_quotes) {
            if let Some((mut text, rest)) = quoted(opened) {
                self.rest = rest;
                let (tail, is_last) = self.plain();
                text.push_str(tail);
                return (clean(&text), is_last);
            }
            self.closes_quotes = false;
        }
        let (text, is_last) = self.plain();
        (clean(text), is_last)
    }

    /// Everything up to the end of the cell.
    fn plain(&mut self) -> (&str, bool) {
        let separator = self.separator;
        let ends = |sign: char| sign == separator || sign == '\n' || sign == '\r';
        let Some((text, end)) = self.rest.find(ends).and_then(|at| self.rest.split_at_checked(at)) else {
            return (std::mem::take(&mut self.rest), true);
        };
        let behind = end.strip_prefix("\r\n").or_else(|| {
            let mut signs = end.chars();
            signs.next().map(|_| signs.as_str())
        });
        self.rest = behind.unwrap_or_default();
        (text, !end.starts_with(separator))
    }
}

/// What stands between an opening quotation mark and its closing one, and the rest behind that.
fn quoted(opened: &str) -> Option<(String, &str)> {
    let mut text = String::new();
    let mut rest = opened;
    loop {
        let (before, behind) = rest.split_once('"')?;
        text.push_str(before);
        match behind.strip_prefix('"') {
            Some(further) => {
                text.push('"');
                rest = further;
            }
            None => return Some((text, behind)),
        }
    }
}
