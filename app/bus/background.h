// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/actions/background_threads.h"

#include <QObject>

#include <cstdint>
#include <functional>
#include <utility>

namespace halfopen {

/// BackgroundThreads for a thread with an event loop of Qt's.
class Background : public QObject {
    Q_OBJECT

public:
    using Result = BackgroundThreads::Result;

    explicit Background(QObject* parent = nullptr);

    std::uint64_t run(std::function<Result()> work) { return m_threads.run(std::move(work)); }
    bool withdraw(std::uint64_t piece) { return m_threads.withdraw(piece); }
    int open() const { return m_threads.open(); }

private:
    BackgroundThreads m_threads;
};

} // namespace halfopen
