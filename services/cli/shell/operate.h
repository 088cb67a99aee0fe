#pragma once

namespace sauda::cli {

// The verbs that keep an installation in order: argv[0] is the verb ("backup"), the rest are its
// words. Exit code of the verb; 100 to 127 when the command line was not understood.
int operate(int argc, char** argv);

}  // namespace sauda::cli
