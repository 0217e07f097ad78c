// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/bus/bus_operations.h"
#include "core/actions/guard_operations.h"
#include "core/model/socket_results.h"

#include <QString>
#include <QVariant>

#include <cstdint>
#include <vector>

// What box_client answers, in a line each.
namespace halfopen {

QString describe(const KeepaliveDefaults& values);
QString describe(const SocketReading& reading);
QString describe(const SetResult& result);
QString describe(const CloseResult& result);
QString describe(const GuardList& list);
/// What is seen in a network namespace that was opened.
QString describe(const NetnsOpened& opened);
/// An argument of an answer, of any type that the helper has.
QString textOf(const QVariant& value);

template <class T>
QString describeAll(const Outcome<std::vector<T>>& outcome) {
    QString text = QStringLiteral("OK ");
    if (outcome)
        for (const T& one : *outcome)
            text += describe(one);
    return text;
}

} // namespace halfopen
