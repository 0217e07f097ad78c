// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/run.h"

int main() {
    return halfopen::runHelper(std::chrono::seconds(60));
}
