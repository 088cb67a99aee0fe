#include "services/cli/shell/operate.h"

int main(int argc, char** argv) { return sauda::cli::operate(argc, argv); }
