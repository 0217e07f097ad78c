// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/order.h"
#include "core/model/privilege_error.h"

#include <QObject>
#include <QTimer>

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

namespace halfopen {

class BusOperations;

/// Has network namespaces opened by the helper that this user may only see from outside, and keeps up with their
/// settings, which nobody else tells. GUI thread.
class NetnsOpener final : public QObject {
    Q_OBJECT

public:
    /// @param send  takes what was opened, and settings as they change; outlived by what it refers to
    NetnsOpener(std::shared_ptr<BusOperations> helper, std::function<void(Order)> send, QObject* parent = nullptr);

    /// @param procInodes  NetnsInside::procInode of each. @param done  once; for all that could be opened
    void open(std::vector<NetnsId> procInodes, std::function<void(Outcome<void>)> done);

private:
    void readAgain();

    std::shared_ptr<BusOperations> m_helper;
    std::function<void(Order)> m_send;
    std::vector<std::uint64_t> m_cookies; ///< of those that are open
    QTimer m_settings;
};

} // namespace halfopen
