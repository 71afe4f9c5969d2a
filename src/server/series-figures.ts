import type { z } from 'zod'
import type { Outcome } from '../automl/outcome.ts'
import { DEMAND_PROBABILITIES } from '../automl/stock-figures.ts'
import type { SeriesResult } from '../batch/run-result.ts'
import type { BacktestOrigin, Decomposition, Item, StockFigures } from '../contract/detail.ts'
import { periodDate } from '../series/calendar.ts'
import { interpolate } from '../series/missing.ts'
import { stl } from '../series/stl.ts'
import { finite, type StoredResult } from './stored-result.ts'

const numbers = (values: ArrayLike<number>): (number | null)[] => Array.from(values, finite)

/** What the answer said at origins of the past: its errors are kept, and what came is in the history. */
export function originsOf({ outcome, history, calendar }: SeriesResult): z.infer<typeof BacktestOrigin>[] {
  const date = (at: number): string | null => (calendar === null ? null : periodDate(calendar, at))
  return (outcome?.trialErrors ?? [])
    .toSorted((a, b) => b.back - a.back)
    .map(({ back, errors }) => {
      const at = history.length - back
      const actual = errors.map((_, h) => finite(history[at + h]))
      return {
        origin_date: date(at - 1),
        dates: errors.map((_, h) => date(at + h)),
        actual,
        forecast: errors.map((error, h) => {
          const came = actual[h]
          return came == null ? null : finite(came + error)
        }),
      }
    })
}

/** Trend, season and remainder of a history; null without a season or with less than two of them. */
export function decompositionOf({ history, seasonLength }: SeriesResult): z.infer<typeof Decomposition> | null {
  if (seasonLength < 2 || !Number.isInteger(seasonLength) || history.length <= 2 * seasonLength) return null
  if (history.every((value) => Number.isNaN(value))) return null
  const { trend, seasonal, remainder } = stl(interpolate(history, seasonLength), seasonLength)
  // of a value that nobody knows nothing remains
  const known = remainder.map((value, t) => (Number.isNaN(history[t]) ? Number.NaN : value))
  return { season_length: seasonLength, trend: numbers(trend), season: numbers(seasonal), remainder: numbers(known) }
}

/** Stock figures with their inputs; null where there are none. */
export function stockFiguresOf({ outcome, portfolio }: SeriesResult): StockFigures | null {
  if (!outcome?.inventory) return null
  const { inventory } = outcome
  const demand = ({ mean, quantiles }: (typeof inventory)['overLeadTime']) => ({ mean, quantiles: [...quantiles] })
  const supply = portfolio?.supply ?? null
  return {
    reorder_point: inventory.reorderPoint,
    safety_stock: inventory.safetyStock,
    service_level: inventory.serviceLevel,
    service_measure: inventory.serviceMeasure,
    lead_time: inventory.leadTime,
    lead_time_sd: inventory.leadTimeSd,
    lead_time_assumed: isAssumed(outcome),
    review_period: inventory.reviewPeriod,
    demand_distribution: inventory.demandDistribution,
    probabilities: [...DEMAND_PROBABILITIES],
    demand_over_lead_time: demand(inventory.overLeadTime),
    demand_over_protection: demand(inventory.overProtection),
    cycle_service: finite(inventory.cycleService),
    fill_rate: finite(inventory.fillRate),
    service_curve: inventory.serviceCurve.map(({ serviceLevel, reorderPoint, service }) => ({
      ...{ service_level: serviceLevel, reorder_point: reorderPoint, service },
    })),
    stock: supply && {
      on_hand: supply.stockOnHand,
      on_order: supply.onOrder,
      order_proposal: supply.orderProposal,
      stock_out_risk: supply.stockOutRisk,
      expected_shortage: supply.expectedShortage,
      cover_periods: finite(supply.coverPeriods),
      projected: numbers(supply.projectedStock),
      projected_risk: numbers(supply.projectedRisk),
    },
  }
}

const isAssumed = ({ businessRecommendation }: Outcome): boolean =>
  businessRecommendation.some(({ code }) => code === 'lead_time_assumed')

/** What is known of an item, and the classes that the portfolio gives it. */
export function itemFigures({ result: { unit, portfolio }, item }: StoredResult): Item {
  const { supply, group, location = null, description = null } = item
  return {
    unit,
    unit_price: finite(supply.unitPrice),
    unit_cost: finite(supply.unitCost),
    stock_on_hand: finite(supply.stockOnHand),
    on_order: finite(supply.onOrder),
    minimum_order: finite(supply.minimumOrder),
    order_multiple: finite(supply.orderMultiple),
    group: { ...group },
    ...{ location, description },
    predecessor: item.predecessor?.name ?? null,
    successor: item.successor ?? null,
    end_of_life: item.endOfLife ?? null,
    ...{ abc: portfolio?.abc ?? null, xyz: portfolio?.xyz ?? null, value: finite(portfolio?.value) },
    like_items: [...(portfolio?.likeItems ?? [])],
  }
}
