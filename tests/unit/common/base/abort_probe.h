#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

// True when `act` ends its process by SIGABRT; it runs in a child so that the test goes on.
template <class Act>
bool aborts(Act act) {
    const pid_t child = fork();
    if (child == 0) {
        std::signal(SIGABRT, SIG_DFL);  // Catch's handler would report a failure
        close(STDERR_FILENO);
        act();
        _exit(0);
    }
    int status = 0;
    return child > 0 && waitpid(child, &status, 0) == child && WIFSIGNALED(status) &&
           WTERMSIG(status) == SIGABRT;
}
