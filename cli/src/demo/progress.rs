//! How far the demo is, on stderr: a bar on a terminal, plain lines elsewhere.

use {
    super::{chapters, world::World},
    crate::reply::{is_for_machines, say},
    indicatif::{ProgressBar, ProgressFinish, ProgressStyle},
    std::{cell::Cell, io::IsTerminal},
};

/// The progress of one run. The bar is gone when it is dropped.
pub struct Progress {
    bar: ProgressBar,
    told: Cell<usize>,
}

impl Progress {
    /// Nothing has been done yet.
    pub fn new() -> Self {
        let style = ProgressStyle::with_template("{bar:30} {msg}").expect("the template is well-formed");
        // It draws nothing unless stderr is a terminal.
        let bar = ProgressBar::new(chapters::COUNT as u64).with_style(style).with_finish(ProgressFinish::AndClear);
        Self { bar, told: Cell::new(0) }
    }

    /// Shows where a network is.
    pub fn show(&self, world: &World) {
        let (number, count) = (world.chapters.len(), chapters::COUNT);
        let title = world.chapters.last().map_or("", |chapter| chapter.title);
        if is_for_machines() || !std::io::stderr().is_terminal() {
            if self.told.replace(number) < number {
                say(&format!("chapter {number} of {count}: {title}"));
            }
            return;
        }
        self.bar.set_position(number.saturating_sub(1) as u64);
        self.bar.set_message(format!("{number} of {count}: {title}, epoch {}", world.scenario.epoch()));
    }
}
