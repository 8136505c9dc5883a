/// Placeholder namespace until the first part lands.
enum Placeholder {}
