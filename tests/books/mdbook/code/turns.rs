fn main() {
    // ANCHOR: count
    let turns = 2;
    assert_eq!(turns + 1, 3);
    // ANCHOR_END: count
}
