// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/look/stale_text.h"

#include "ui/look/translated.h"

#include <QCoreApplication>
#include <QDateTime>

#include <chrono>

namespace halfopen {

namespace {

struct StaleText {
    Q_DECLARE_TR_FUNCTIONS(StaleText)
};

} // namespace

QString staleText(const Frame& frame) {
    const auto age =
        std::chrono::duration_cast<std::chrono::milliseconds>(frame.present(MonotonicClock::now()) - frame.taken);
    const auto taken = QDateTime::currentDateTime().addMSecs(-age.count());
    return StaleText::tr("These rows are from %1; no sample has worked since. %2")
        .arg(taken.toString(QStringLiteral("HH:mm:ss")), translated(frame.error->sentence));
}

} // namespace halfopen
