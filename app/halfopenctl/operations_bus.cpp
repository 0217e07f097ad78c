// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/bus/bus_operations.h"
#include "app/halfopenctl/operations.h"

#include <QCoreApplication>
#include <QTimer>

namespace halfopen::ctl {

void withOperations(const std::function<void(Operations&, std::function<void()> done)>& ask) {
    int argc = 1;
    char name[] = "halfopenctl";
    char* argv[] = {name, nullptr};
    const QCoreApplication application(argc, argv);
    const auto operations = chooseOperations();
    // From within the event loop, so that quit() counts also where the answer comes at once.
    QTimer::singleShot(0, [&] { ask(*operations, &QCoreApplication::quit); });
    QCoreApplication::exec();
}

} // namespace halfopen::ctl
