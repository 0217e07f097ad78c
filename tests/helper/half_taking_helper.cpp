// SPDX-License-Identifier: GPL-3.0-or-later
// The helper as it is, with a kernel that does not take SO_KEEPALIVE, as a BPF program of a control group can have it.
#include "app/helper/run.h"
#include "tests/core/processes.h"

int main() {
    if (!halfopen::test::forbidSetting(SOL_SOCKET, SO_KEEPALIVE))
        return 1;
    return halfopen::runHelper(std::chrono::minutes(1));
}
