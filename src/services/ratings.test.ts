import { rubric } from './rating-rubric';
import { gradeOf, scoreComponent } from './ratings';

describe('quality ratings', () => {
  it('weigh their components to one', () => {
    expect(rubric.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
  });

  it('meet a threshold at its very value', () => {
    for (const component of rubric) {
      for (const [threshold, points] of component.steps)
        expect(scoreComponent(component, threshold)).toBe(points);
      const worse = component.better === 'higher' ? -1 : 1000;
      expect(scoreComponent(component, worse)).toBe(component.otherwise);
    }
  });

  it.each([
    [10, 'A'],
    [9, 'A'],
    [8.99, 'B'],
    [7, 'C'],
    [6, 'D'],
    [0, 'F'],
  ])('%d is grade %s', (overall, grade) => {
    expect(gradeOf(overall)).toBe(grade);
  });
});
