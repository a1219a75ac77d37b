//! The program of `examples/train`, run as its users run it.

use std::env;
use std::fs::{create_dir, read, write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::LazyLock;

use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, ImageEncoder, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use serde_json::Value;
use tempfile::{TempDir, tempdir};

/// Settings of a run of a second.
const TINY: &str = "--size small --side 16 --batch 8 --steps 3 --every 1 --json";

/// The program, built beside this test. `cargo test` has done so, `cargo test --test program` has not.
static PROGRAM: LazyLock<PathBuf> = LazyLock::new(|| {
    let here = env::current_exe().unwrap();
    let [profile, target] = [2, 3].map(|up| here.ancestors().nth(up).unwrap());
    if let Ok(cargo) = env::var("CARGO") {
        let name = profile.file_name().unwrap().to_str().unwrap();
        let mut build = Command::new(cargo);
        build.args(["build", "--locked", "--offline", "--quiet", "--example", "train"]);
        build.args(["--profile", if name == "debug" { "dev" } else { name }]);
        assert!(build.arg("--target-dir").arg(target).status().unwrap().success());
    }
    profile.join("examples").join("train")
});

fn train(words: &str, paths: &[(&str, &Path)]) -> Output {
    let mut command = Command::new(&*PROGRAM);
    command.args(words.split_whitespace());
    for (option, path) in paths {
        command.arg(option).arg(path);
    }
    command.output().unwrap()
}

/// The reports of a run that succeeds, without the time that it took.
fn reports(words: &str, paths: &[(&str, &Path)]) -> Vec<Value> {
    let output = train(words, paths);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{errors}");
    let text = String::from_utf8(output.stdout).unwrap();
    let parse = |line| {
        let mut report: Value = serde_json::from_str(line).unwrap();
        assert!(report["seconds"].take().as_f64().unwrap() > 0.0);
        report
    };
    text.lines().map(parse).collect()
}

/// What is said of a run that fails: one line, and nothing else.
fn refusal(words: &str, paths: &[(&str, &Path)], code: i32) -> String {
    let output = train(words, paths);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(code), "{words} {paths:?}: {said}");
    assert_eq!(said.lines().count(), 1, "{words}: {said}");
    if code == 2 {
        assert_eq!(String::from_utf8_lossy(&output.stdout), "", "{words}");
    }
    said
}

/// Stripes, light and dark.
fn picture(number: u32) -> RgbImage {
    RgbImage::from_fn(20, 20, |x, y| {
        let value = if (x + y * (number % 2)) % 6 < 3 { 40 } else { 190 };
        Rgb([value as u8, (value + number) as u8, (x * 5 + y * 3) as u8])
    })
}

/// Ten pictures in each of two sub-folders.
fn two_classes() -> TempDir {
    let folder = tempdir().unwrap();
    for (class, first) in [("slanted", 1), ("upright", 0)] {
        create_dir(folder.path().join(class)).unwrap();
        for number in 0..10 {
            let path = folder.path().join(class).join(format!("{number}.png"));
            picture(first + 2 * number).save(path).unwrap();
        }
    }
    folder
}

/// Two records of CIFAR-10 a class.
fn cifar() -> Vec<u8> {
    (0..20u8).flat_map(|i| [vec![i % 10], vec![i * 9; 3072]].concat()).collect()
}

#[test]
fn a_run_reports_every_step_and_its_neighbours_at_start_and_end() {
    let reports = reports(TINY, &[]);
    let steps: Vec<_> = reports.iter().map(|report| report["step"].as_u64().unwrap()).collect();
    assert_eq!(steps, [0, 1, 2, 3]);
    for (report, judged) in reports.iter().zip([true, false, false, true]) {
        assert_eq!(report["learningRate"], 1e-3);
        assert_eq!(report.get("knn").is_some(), judged);
        for name in ["loss", "top1"] {
            assert_eq!(report.get(name).is_some(), report["step"] != 0);
        }
    }
    let knn = &reports[3]["knn"];
    for baseline in ["untrained", "pixels"] {
        assert!((0.05..0.6).contains(&knn[baseline].as_f64().unwrap()), "{knn}");
    }
    assert_eq!(reports[0]["knn"]["encoder"], knn["untrained"]);
    assert_ne!(knn["encoder"], knn["untrained"]);
}

#[test]
fn a_loss_is_the_mean_since_the_last_report() {
    let each = reports(TINY, &[]);
    let once = reports(&format!("{TINY} --every 9"), &[]);
    assert_eq!(once.len(), 2);
    let mean = each[1..].iter().map(|report| report["loss"].as_f64().unwrap()).sum::<f64>() / 3.0;
    assert!((once[1]["loss"].as_f64().unwrap() - mean).abs() < 1e-9);
}

#[test]
fn a_seed_gives_the_same_reports_and_another_different_ones() {
    let run = |seed| reports(&format!("{TINY} --seed {seed}"), &[]);
    assert_eq!(run(1), run(1));
    assert_ne!(run(1), run(2));
}

#[test]
fn every_option_changes_what_is_reported() {
    let folder = two_classes();
    let data = [("--data", folder.path())];
    let base = format!("{TINY} --method moco");
    let plain = reports(&base, &data);
    for option in [
        "--method simclr",
        "--encoder vit",
        "--head linear",
        "--augment crop-only",
        "--tau 0.3",
        "--lr 0.01",
        "--optimizer sgd",
        "--weight-decay 0.1",
        "--clip-norm 0.01",
        "--schedule cosine",
        "--warm-up 9",
        "--queue 20",
        "--momentum 0.1",
        "--negatives hardest",
        "--negatives hardness-weighted",
        "--class-prior 0.1",
        "--knn-every 2",
        "--probe",
        "--few-labels 1",
    ] {
        // Of an option that is given twice, the last counts.
        assert_ne!(reports(&format!("{base} {option}"), &data), plain, "{option}");
    }
}

#[test]
fn saving_and_resuming_is_as_not_stopping() {
    let folder = tempdir().unwrap();
    let file = folder.path().join("run.safetensors");
    let start = format!("{TINY} --method moco --queue 12 --seed 5");
    let through = reports(&format!("{start} --steps 5"), &[]);
    reports(&format!("{start} --steps 2"), &[("--save", &file)]);
    let others = train("--steps 3 --tau 0.3 --json", &[("--resume", &file)]);
    assert!(String::from_utf8_lossy(&others.stderr).contains("others are ignored"));
    let resumed = reports("--steps 5 --every 1 --json", &[("--resume", &file), ("--save", &file)]);
    assert_eq!(resumed[0]["step"], 2);
    assert_eq!(resumed[1..], through[3..]);
    // Nothing is left beside the checkpoint, and what was done is not done again.
    assert_eq!(folder.path().read_dir().unwrap().count(), 1);
    assert!(refusal("--steps 5", &[("--resume", &file)], 2).contains("5 steps of 5"));
}

#[test]
fn sub_folders_are_labels_to_judge_by() {
    let folder = two_classes();
    let path = folder.path();
    let words = format!("{TINY} --probe --few-labels 2");
    let found = reports(&words, &[("--data", path)]);
    let last = found.last().unwrap();
    for measure in [&last["knn"]["pixels"], &last["probe"]["pixels"]] {
        assert!(measure.as_f64().unwrap() >= 0.5, "{last}");
    }
    // A fifth of twenty is held out.
    assert_eq!(
        (&last["fewLabels"]["labels"], &last["fewLabels"]["heldOut"]),
        (&4.into(), &4.into())
    );
    let tested = reports(&words, &[("--data", path), ("--test", path)]);
    assert_eq!(tested.last().unwrap()["fewLabels"]["heldOut"], 20);
}

#[test]
fn pictures_without_labels_train_and_are_not_judged() {
    let folder = two_classes();
    let path = folder.path().join("slanted");
    let found = reports(TINY, &[("--data", &path)]);
    assert!(found.iter().all(|report| report.get("knn").is_none()));
    assert!(refusal(&format!("{TINY} --probe"), &[("--data", &path)], 2).contains("need labels"));
    let said = refusal(&format!("{TINY} --method supcon"), &[("--data", &path)], 2);
    assert!(said.contains("goes by labels"), "{said}");
}

#[test]
fn pictures_are_upright_on_white_and_cut_from_the_middle_whatever_their_name() {
    let [plain, odd] = [(); 2].map(|()| tempdir().unwrap());
    for number in 0..8 {
        let square = picture(number);
        square.save(plain.path().join(format!("{number}.png"))).unwrap();
        let mut wide = RgbImage::from_pixel(32, 20, Rgb([9, 9, 9]));
        image::imageops::replace(&mut wide, &square, 6, 0);
        let turned = image::imageops::rotate270(&wide);
        let mut file = Vec::new();
        let mut encoder = PngEncoder::new(&mut file);
        encoder.set_exif_metadata(turned_clockwise()).unwrap();
        let (width, height) = turned.dimensions();
        encoder.write_image(&turned, width, height, ExtendedColorType::Rgb8).unwrap();
        write(odd.path().join(format!("{number}.jpg")), file).unwrap();
    }
    RgbImage::from_pixel(4, 4, Rgb([255; 3])).save(plain.path().join("9.png")).unwrap();
    let clear = RgbaImage::from_pixel(4, 4, Rgba([0; 4]));
    clear.save_with_format(odd.path().join("9.txt"), ImageFormat::Png).unwrap();
    assert_eq!(
        reports(TINY, &[("--data", plain.path())]),
        reports(TINY, &[("--data", odd.path())])
    );
}

/// EXIF that says: turn a quarter clockwise to see it upright.
fn turned_clockwise() -> Vec<u8> {
    let orientation: [u16; 6] = [0x0112, 3, 1, 0, 6, 0];
    let header = b"II*\0\x08\0\0\0\x01\0".to_vec();
    let entry: Vec<u8> = orientation.iter().flat_map(|word| word.to_le_bytes()).collect();
    [header, entry, vec![0; 4]].concat()
}

#[test]
fn what_is_no_picture_is_left_out_with_a_line() {
    let folder = two_classes();
    let before = reports(TINY, &[("--data", folder.path())]);
    let inside = folder.path().join("upright");
    write(inside.join("note.txt"), "not a picture").unwrap();
    write(inside.join("empty.png"), []).unwrap();
    let whole = read(inside.join("0.png")).unwrap();
    write(inside.join("cut.png"), &whole[..whole.len() / 2]).unwrap();
    create_dir(inside.join("deeper")).unwrap();
    write(inside.join(".hidden"), "of the system").unwrap();
    assert_eq!(reports(TINY, &[("--data", folder.path())]), before);
    let said = train(TINY, &[("--data", folder.path())]).stderr;
    let said = String::from_utf8(said).unwrap();
    assert_eq!(said.lines().count(), 4, "{said}");
    for name in ["note.txt", "empty.png", "cut.png", "deeper"] {
        assert!(said.contains(name), "{said}");
    }
}

#[test]
fn a_cifar_file_trains_and_tests() {
    let folder = tempdir().unwrap();
    let file = folder.path().join("data.bin");
    write(&file, cifar()).unwrap();
    let found = reports(&format!("{TINY} --side 32"), &[("--data", &file), ("--test", &file)]);
    assert!(found[3]["knn"]["pixels"].as_f64().is_some());
    let said = refusal(TINY, &[("--data", &file)], 2);
    assert!(said.contains("side 32") && said.contains("16"), "{said}");
}

#[test]
fn a_setting_that_cannot_be_used_is_refused_in_one_line() {
    for (option, words) in [
        ("--method simsiam", "--method"),
        ("--encoder lenet", "--encoder"),
        ("--sie 16", "--sie"),
        ("--side 30", "a side is one of"),
        ("--every 0", "--every"),
        ("--steps -3", "--steps"),
        ("--steps 0", "steps"),
        ("--batch 1", "batchSize"),
        ("--batch 500000", "batchSize"),
        ("--tau 0", "temperature"),
        ("--tau NaN", "temperature"),
        ("--tau warm", "--tau"),
        ("--lr inf", "learningRate"),
        ("--seed 18446744073709551615", "seed"),
        ("--momentum 2", "momentum"),
        ("--hardest 0", "hardest"),
        ("--hardest 3 --beta 1", "Leave one out"),
        ("--few-labels 0", "--few-labels"),
        ("--save", "--save"),
        ("stray", "stray"),
    ] {
        let said = refusal(option, &[], 2);
        assert!(said.contains(words), "{option}: {said}");
    }
    assert!(
        refusal("--batch 512 --data shapes", &[("--test", Path::new("nowhere"))], 2)
            .contains("nowhere")
    );
}

#[test]
fn a_file_that_cannot_be_used_is_refused_in_one_line() {
    let folder = tempdir().unwrap();
    let at = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        write(&path, bytes).unwrap();
        path
    };
    let cut = at("cut.bin", &cifar()[..4000]);
    let empty = at("empty.bin", &[]);
    let label = at("label.bin", &[[10].as_slice(), &[0; 3072]].concat());
    let text = at("notes.txt", b"hello");
    let bare = folder.path().join("bare");
    create_dir(&bare).unwrap();
    for (option, path, words) in [
        ("--data", &cut, "record 2 is cut off"),
        ("--test", &cut, "record 2 is cut off"),
        ("--data", &empty, "empty"),
        ("--data", &label, "record 1 has the label 10"),
        ("--data", &text, "neither a folder nor a .bin file"),
        ("--data", &bare, "holds no picture"),
        ("--data", &folder.path().join("nowhere"), "cannot be read"),
        ("--resume", &folder.path().join("nowhere"), "cannot be read"),
        ("--resume", &text, "checkpoint"),
        ("--resume", &bare, "cannot be read"),
        ("--save", &bare, "cannot be written"),
        ("--save", &folder.path().join("no/where"), "cannot be written"),
    ] {
        let said = refusal("--json", &[(option, path)], 2);
        assert!(said.contains(words) && said.contains(path.to_str().unwrap()), "{said}");
    }
    let one = at("one.bin", &cifar()[..3073]);
    assert!(refusal("--json", &[("--data", &one)], 2).contains("needs at least 2"));
}

#[test]
fn a_loss_that_is_no_number_ends_the_run_with_code_1() {
    let words = "--method no-normalization --optimizer sgd --lr 1 --tau 0.005 --json";
    let words = format!("{words} --size small --side 16 --batch 8 --steps 50");
    let said = refusal(&words, &[], 1);
    assert!(said.contains("The loss became"), "{said}");
}

#[test]
fn a_reader_that_goes_away_ends_the_run_quietly() {
    let mut command = Command::new(&*PROGRAM);
    let words = format!("{TINY} --steps 1000");
    command.args(words.split_whitespace()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut running = command.spawn().unwrap();
    drop(running.stdout.take());
    let output = running.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), [].as_slice()));
}

#[test]
fn without_json_a_report_is_a_line_to_read() {
    let output = train(&TINY.replace("--json", ""), &[]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(text.lines().count(), 4);
    let last = text.lines().last().unwrap();
    for words in ["step     3", "loss ", "kNN ", "untrained ", "pixels "] {
        assert!(last.contains(words), "{last}");
    }
    // No progress bar where nobody looks.
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}
