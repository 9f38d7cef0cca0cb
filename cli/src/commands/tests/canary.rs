//! Canaries: a set is committed to, asked as jobs, graded, and graded alike by whoever is given it.

use {
    super::{job::Shop, *},
    sha2::{Digest, Sha256},
    std::path::PathBuf,
};

/// A folder of tasks that is gone after the test.
struct Tasks(PathBuf);

impl Tasks {
    fn new(count: u8) -> Self {
        let file = File::new("tasks", "");
        let folder = file.0.clone();
        drop(file);
        std::fs::create_dir(&folder).unwrap();
        for task in 0..count {
            for (kind, text) in [("question", Self::question(task)), ("answer", Self::answer(task))] {
                std::fs::write(folder.join(format!("{task}.{kind}")), text).unwrap();
            }
        }
        Self(folder)
    }

    fn question(task: u8) -> String {
        format!("what is {task} + 1?")
    }

    fn answer(task: u8) -> String {
        format!("{}", task + 1)
    }

    /// The task with a question, by the hash that a job shows.
    fn of(&self, hash: &Value) -> u8 {
        (0..9).find(|task| *hash == hashed(&Self::question(*task))).unwrap()
    }
}

impl Drop for Tasks {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn hashed(text: &str) -> String {
    crate::text::hex(&Sha256::digest(text))
}

/// Ann is held to a set from the epoch on that now runs, whose seed is captured.
fn committed(tasks: &Tasks) -> (Shop, Actor, String) {
    let shop = Shop::open();
    let (desk, ann) = (&shop.desk, shop.desk.scenario.actor("Ann", 1_000 * TOKEN));
    let make = format!("canary make --tasks {}", tasks.0.display());
    assert!(refusal(desk.types(&ann, &make)).contains("there is no "));
    desk.types(&ann, &format!("attester register --from {}", ann.tokens)).unwrap();
    let made = desk.types(&ann, &make).unwrap();
    assert_eq!((&made["from_epoch"], &made["tasks"]), (&4.into(), &5.into()));
    let again = desk.types(&ann, &make).unwrap();
    assert!(again.get("signature").is_none(), "the same set is not committed to twice: {again}");
    let shown = desk.types(&ann, "attester show").unwrap();
    assert_eq!(shown["canaries"][0]["commitment"], made["commitment"]);

    let send = format!("canary send --attester {} --class 0 --fee {}", ann.address(), 2 * TOKEN);
    assert!(matches!(desk.types(&shop.client, &send), Err(Failure::TryAgain(_))), "the seed is not known yet");
    desk.scenario.crank_all(&shop.operators.keys().copied().collect::<Vec<_>>()).unwrap();
    desk.scenario.next_epoch();
    desk.types(&shop.keeper, "epoch open 4").unwrap();
    // Keepers bring the seed on where attesters are drawn by it; here nothing is measured.
    desk.scenario.capture_beacon().unwrap();
    (shop, ann, made["salt"].as_str().unwrap().to_owned())
}

fn send(shop: &Shop, ann: &Actor) -> Result<Value> {
    shop.desk.a_moment_later();
    let order = format!("--class 0 --fee {} --from {} --work-secs 3600", 2 * TOKEN, shop.client.tokens);
    shop.desk.types(&shop.client, &format!("canary send --attester {} {order}", ann.address()))
}

/// What a checker finds of the jobs that the client paid for.
fn check(shop: &Shop, ann: &Actor, more: &str) -> Result<Value> {
    let names = format!("--attester {} --client {}", ann.address(), shop.client.address());
    shop.desk.types(&shop.keeper, &format!("canary check {names} {more}"))
}

fn sum(found: &Value, what: &str) -> u64 {
    found["providers"].as_array().unwrap().iter().map(|row| row[what].as_u64().unwrap()).sum()
}

#[test]
fn canaries_are_sent_as_jobs_and_graded_alike_by_everybody_who_is_given_the_set() {
    let tasks = Tasks::new(5);
    let (shop, ann, salt) = committed(&tasks);
    for number in 0..3 {
        let sent = send(&shop, &ann).unwrap();
        let job = sent["job"].as_str().unwrap();
        let operator = shop.draw(job);
        shop.desk.types(operator, &format!("job accept {job}")).unwrap();
        let asked = shop.desk.types_keyless(&format!("job show {job}")).unwrap()["input_hash"].clone();
        assert_eq!(asked, sent["question"]);
        match number {
            0 => assert_eq!(sum(&check(&shop, &ann, "").unwrap(), "pending"), 1),
            // One is answered wrongly.
            1 => {
                drop(shop.desk.types(operator, &format!("job submit {job} --result-hash {}", "cd".repeat(32))).unwrap())
            }
            _ => {
                let right = hashed(&Tasks::answer(tasks.of(&asked)));
                shop.desk.types(operator, &format!("job submit {job} --result-hash {right}")).unwrap();
            }
        }
    }
    let file = File::new("found.csv", "");
    let path = file.0.display().to_string();
    let write = format!("--metric 0 --reports {path}");
    assert!(refusal(check(&shop, &ann, &write)).contains("exists"), "no file is overwritten");
    std::fs::remove_file(&file.0).unwrap();
    let found = check(&shop, &ann, &write).unwrap();
    assert_eq!((sum(&found, "asked"), sum(&found, "right"), sum(&found, "pending")), (2, 1, 1));
    let lines = std::fs::read_to_string(&file.0).unwrap();
    for row in found["providers"].as_array().unwrap().iter().filter(|row| !row["bps"].is_null()) {
        assert!(lines.contains(&format!("{},0,{}\n", row["place"], row["bps"])), "{lines}");
    }

    // Whoever has neither her store nor her key gets the same from tasks and salt, and nothing from others.
    let elsewhere = std::env::temp_dir().join(format!("work-token-{}-no-store", std::process::id()));
    let without = format!("--store {}", elsewhere.display());
    assert!(refusal(check(&shop, &ann, &without)).contains("nothing fits"));
    let given = |salt: &str, tasks: &Tasks| format!("{without} --salt {salt} --tasks {}", tasks.0.display());
    assert_eq!(check(&shop, &ann, &given(&salt, &tasks)).unwrap()["providers"], found["providers"]);
    assert!(refusal(check(&shop, &ann, &given(&"ab".repeat(32), &tasks))).contains("nothing fits"));
    assert!(refusal(check(&shop, &ann, &given(&salt, &Tasks::new(4)))).contains("nothing fits"));
}

#[test]
fn each_task_is_asked_once_an_epoch_and_a_set_with_a_question_twice_is_none() {
    let tasks = Tasks::new(5);
    let (shop, ann, _) = committed(&tasks);
    let mut asked: Vec<u8> = (0..5).map(|_| tasks.of(&send(&shop, &ann).unwrap()["question"])).collect();
    assert!(refusal(send(&shop, &ann)).contains("all tasks of the set are asked in epoch 4"));
    asked.sort_unstable();
    assert_eq!(asked, [0, 1, 2, 3, 4]);

    let (question, answer) = ("ab".repeat(32), "cd".repeat(32));
    for (text, why) in [
        (format!("{question},{answer}\n{question},{answer}\n"), "the same question stands in the set twice"),
        (format!("# none\n{question}\n"), ":2: `question,answer` is expected"),
        ("# none\n".to_owned(), "there is no task in it"),
    ] {
        let file = File::new("tasks.csv", &text);
        match shop.desk.types(&ann, &format!("canary make --tasks {}", file.0.display())) {
            Err(Failure::Usage(message)) => assert!(message.contains(why), "{message}"),
            other => panic!("{other:?}"),
        }
    }
    std::fs::remove_file(tasks.0.join("3.answer")).unwrap();
    let missing = shop.desk.types(&ann, &format!("canary make --tasks {}", tasks.0.display()));
    assert!(matches!(missing, Err(Failure::Usage(message)) if message.contains("3.answer")));
}

#[test]
fn the_salt_of_a_set_is_found_again_by_the_key_alone() {
    let tasks = Tasks::new(5);
    let (shop, ann, _) = committed(&tasks);
    let elsewhere = std::env::temp_dir().join(format!("work-token-{}-lost", std::process::id()));
    let check = format!("canary check --store {} --tasks {}", elsewhere.display(), tasks.0.display());
    assert_eq!(shop.desk.types(&ann, &check).unwrap()["jobs"], 0);
    assert!(
        refusal(shop.desk.types(&shop.keeper, &format!("{check} --attester {}", ann.address())))
            .contains("nothing fits")
    );
}
