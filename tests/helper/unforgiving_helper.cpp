// SPDX-License-Identifier: GPL-3.0-or-later
// The helper as it is, but what refused calls cost is not forgotten as time goes by: with its usual limits a machine
// that is slow enough forgives each call before the next, as it should.
#include "app/helper/run.h"

int main() {
    return halfopen::runHelper(std::chrono::minutes(1), {.recovery = 100'000});
}
