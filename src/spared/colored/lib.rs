//! Burn's report on how close two tensors are (`check_closeness`, which nothing here calls) asks for colours on a terminal.
//! This leaves its words as they are, so that the module holds nothing under MPL-2.0.

pub trait Colorize: Sized {
    fn bold(self) -> Self {
        self
    }
    fn green(self) -> Self {
        self
    }
    fn yellow(self) -> Self {
        self
    }
    fn red(self) -> Self {
        self
    }
}

impl Colorize for &str {}

#[cfg(test)]
mod tests {
    use super::Colorize;

    #[test]
    fn words_stay_as_they_are() {
        assert_eq!(["a".bold(), "b".green(), "c".yellow(), "d".red()], ["a", "b", "c", "d"]);
    }
}
