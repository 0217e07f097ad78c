// SPDX-License-Identifier: GPL-3.0-or-later
// The helper as it is, with an idle time so short that a test can make calls collide with its end.
#include "app/helper/run.h"

int main() {
    return halfopen::runHelper(std::chrono::milliseconds(150));
}
