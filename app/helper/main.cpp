// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/run.h"
#include "core/kernel/standard_descriptors.h"

int main() {
    halfopen::holdStandardDescriptors();
    return halfopen::runHelper(std::chrono::seconds(60));
}
