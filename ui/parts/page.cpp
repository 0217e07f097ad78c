// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/page.h"

namespace halfopen {

bool Page::mayClose(const std::function<void()>&) {
    return true;
}

} // namespace halfopen
