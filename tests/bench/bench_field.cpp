// SPDX-License-Identifier: GPL-3.0-or-later
// bench_field SOCKETS COMMAND...: runs a command in a network namespace with so many sockets and ends with its exit
// code.
#include "tests/bench/socket_field.h"

#include <spawn.h>

#include <sys/wait.h>

#include <cstdio>
#include <cstdlib>

extern char** environ;

int main(int argc, char** argv) {
    if (argc < 3) {
        std::fprintf(stderr, "usage: bench_field SOCKETS COMMAND...\n");
        return 2;
    }
    const halfopen::bench::SocketField field(std::strtoul(argv[1], nullptr, 10));
    pid_t pid = 0;
    int status = 0;
    if (posix_spawnp(&pid, argv[2], nullptr, nullptr, argv + 2, environ) != 0 || waitpid(pid, &status, 0) != pid)
        return 1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
