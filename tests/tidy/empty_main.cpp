// Links a whole archive: whatever it needs beyond the libraries it is given is missing here.
int main() { return 0; }
